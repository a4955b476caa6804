import { KINDS, type Kind } from '@attune/sdk';
import * as sdk from '@attune/sdk';
import { CHECKS, checksOf, contract, trainOn } from '../index.js';
import { checkerboard } from '../worlds/fixture-worlds.js';

const cheapFirst = sdk.defineScorer({
  id: 'cheap-first',
  version: '1.0.0',
  needs: ['items'],
  each: ({ item }) => (item.price === undefined ? undefined : -item.price.amount),
});

// The one line of a plugin's spec.
contract(cheapFirst);

const EVERY = {
  embedder: sdk.defineEmbedder({ id: 'x', version: '1.0.0', setup: () => null as never }),
  retriever: sdk.defineRetriever({ id: 'x', version: '1.0.0', each: () => undefined }),
  filter: sdk.defineFilter({ id: 'x', version: '1.0.0', each: () => true }),
  scorer: cheapFirst,
  ranker: sdk.defineRanker({ id: 'x', version: '1.0.0', setup: () => null as never }),
  reranker: sdk.defineReranker({ id: 'x', version: '1.0.0', setup: () => null as never }),
  explainer: sdk.defineExplainer({ id: 'x', version: '1.0.0', each: () => undefined }),
  trainer: sdk.defineTrainer({ id: 'x', version: '1.0.0', setup: () => null as never }),
} satisfies Record<Kind, sdk.Plugin>;

describe('checks', () => {
  it.each(KINDS)('of a %s have the names of the table, each once', (kind) => {
    const names = checksOf(EVERY[kind], {}, { monotone: ['a'] }).map((check) => check.name);
    expect(new Set(names).size).toBe(names.length);
    const own = Object.values(CHECKS[kind]) as readonly string[];
    expect(names.filter((name) => own.includes(name))).toEqual(own);
    const table = [...own, ...(Object.values(CHECKS.all) as readonly string[])];
    expect(names.filter((name) => !table.includes(name))).toEqual([]);
  });

  it('say in one line what is wrong and how to mend it', async () => {
    const loose = sdk.defineScorer({
      id: 'slip',
      version: '1.0.0',
      each: (_, request) =>
        Number('history' in request) + (request as unknown as { history: { size: number } }).history.size,
    });
    const declared = checksOf(loose).find((check) => check.name === CHECKS.all.declared)!;
    await expect(declared.run()).rejects.toThrow("reads 'history' without declaring it: add 'history' to needs");
  });
});

describe('contract', () => {
  it('takes the functions of another runner', async () => {
    const ran: string[] = [];
    const tests: (() => Promise<void>)[] = [];
    const runner = {
      describe: (name: string, body: () => void) => (ran.push(name), body()),
      it: (_name: string, body: () => Promise<void>) => void tests.push(body),
    };
    contract(cheapFirst, {}, { runner });
    expect(ran).toEqual(['scorer cheap-first keeps its contract']);
    expect(tests.length).toBe(checksOf(cheapFirst).length);
    await Promise.all(tests.map((run) => run()));
  });

  it('says what to do outside a runner', () => {
    const saved = globalThis.it;
    Reflect.deleteProperty(globalThis, 'it');
    try {
      expect(() => contract(cheapFirst)).toThrow('pass { runner: { describe, it } }');
    } finally {
      Object.assign(globalThis, { it: saved });
    }
  });
});

describe('artifacts by name', () => {
  const trainer = sdk.defineTrainer({
    id: 'sales',
    version: '1.0.0',
    setup: () => ({
      fit: (data) => {
        const items = new Float32Array(data.itemIds.length);
        for (const row of data.items) items[row]! += 1;
        return { meta: {}, arrays: { items }, ids: { items: data.itemIds } };
      },
    }),
  });
  const model = sdk.defineScorer({
    id: 'model',
    version: '1.0.0',
    uses: ['artifacts'],
    traits: { coldItem: false },
    setup: async (_config, host) => {
      const artifact = await host.artifacts.open('sales');
      return {
        score({ candidates }, out) {
          candidates
            .rows(artifact.ids('items'))
            .forEach((row, c) => (out[c] = row < 0 ? NaN : artifact.floats('items')[row]!));
        },
      };
    },
  });

  contract(model, {}, { trainers: { sales: { plugin: trainer } } });

  it('are trained on the world', async () => {
    const draft = await trainOn(checkerboard(), { plugin: trainer });
    expect(Array.from(draft.arrays['items']!).reduce((a, b) => a + b)).toBe(checkerboard().events.length);
  });
});
