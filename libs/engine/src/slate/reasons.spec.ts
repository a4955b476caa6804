import { defineExplainer, type Explanation, type SlateAnswer } from '@attune/sdk';
import { benchOf, sourceOf, type Bench } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import { inventedBy } from './grounded.js';
import { REASON_TEXTS } from './reason-texts.table.js';
import { reasonText } from './reason-text.js';

const plugin = { version: '1.0.0' };
/** Gives the first `most` items a reason. */
const saying = (id: string, most: number, reason: Partial<Explanation> = {}) =>
  defineExplainer({
    ...plugin,
    id,
    setup: () => ({
      explain: ({ candidates }) =>
        candidates.ids.map((_, c) => (c < most ? { reason: id, evidence: [], params: {}, ...reason } : undefined)),
    }),
  });
const shouting = defineExplainer({
  ...plugin,
  id: 'shouting',
  setup: () => ({
    explain: () => {
      throw new Error('no');
    },
  }),
});

async function loaded(explain: unknown, plugins: Parameters<typeof benchOf>[0]): Promise<Bench> {
  const bench = benchOf([...PLAIN, ...plugins]);
  await bench.engine.load([sourceOf(homeOf({ explain }))]);
  return bench;
}
const keysOf = ({ items }: SlateAnswer): readonly (string | undefined)[] => items.map(({ reason }) => reason?.key);

describe('reasons', () => {
  it('come from the first explainer that has one; those behind are asked only for what is left', async () => {
    const steps = ['first', 'shouting', 'second', 'never'].map((use) => ({ use }));
    const never = defineExplainer({ ...plugin, id: 'never', setup: () => ({ explain: () => [] }) });
    const bench = await loaded(steps, [saying('first', 2), shouting, saying('second', 99), never]);
    const slate = await bench.serve({ limit: 4 });
    expect(keysOf(slate)).toEqual(['first', 'first', 'second', 'second']);
    expect(slate.degraded.map(({ plugin: name, code }) => [name, code])).toEqual([['shouting', 'PLUGIN_FAILED']]);
  });

  it('may come from one step written alone', async () => {
    expect(keysOf(await (await loaded({ use: 'first' }, [saying('first', 1)])).serve({ limit: 2 }))).toEqual([
      'first',
      undefined,
    ]);
  });

  it('see the parts of the scores, which add up to them', async () => {
    const sums: number[][] = [];
    const adding = defineExplainer({
      ...plugin,
      id: 'adding',
      setup: () => ({
        explain: ({ candidates, contributions, scores }) =>
          candidates.ids.map((_, c) => {
            sums.push([scores[c]!, [...contributions.values()].reduce((sum, column) => sum + column[c]!, 0)]);
            return undefined;
          }),
      }),
    });
    await (await loaded([{ use: 'adding' }], [adding])).serve({ limit: 5 });
    expect(sums).toHaveLength(5);
    for (const [score, sum] of sums) expect(sum).toBeCloseTo(score!, 12);
  });

  it('that name what is not in their evidence are left out, and the slate says so', async () => {
    const slate = await (
      await loaded([{ use: 'inventing' }], [saying('inventing', 99, { params: { words: 'unicorn' } })])
    ).serve({ limit: 2 });
    expect(keysOf(slate)).toEqual([undefined, undefined]);
    expect(slate.degraded).toEqual([
      {
        plugin: 'explain',
        code: 'PLUGIN_BROKE_CONTRACT',
        detail: 'a reason names "unicorn", which is not in its evidence',
      },
    ]);
  });
});

describe('inventedBy', () => {
  const item = {
    id: 'a',
    title: 'Red "deluxe" mug',
    brand: 'Acme',
    attributes: { color: 'red' },
    price: { amount: 5, currency: 'GBP' },
  };
  const ground = { item, evidence: [{ id: 'b', title: 'Blue lamp' }], query: 'Mugs for tea' };
  const of = (params: Explanation['params']): string | undefined =>
    inventedBy({ reason: 'r', evidence: ['b'], params }, ground);

  it.each([
    [{}],
    [{ words: 'Mugs, TEA' }],
    [{ attribute: 'color', value: 'red' }],
    [{ attribute: 'brand', value: 'acme' }],
    [{ other: 'Blue lamp', price: 5 }],
    [{ value: '"deluxe"' }],
  ])('finds nothing in %j', (params) => expect(of(params)).toBeUndefined());

  it.each([
    [{ words: 'mugs, coffee' }, 'coffee'],
    [{ attribute: 'material', value: 'red' }, 'material'],
    [{ price: 7 }, '7'],
  ])('finds what %j invents', (params, invented) => expect(of(params)).toBe(invented));
});

describe('reasonText', () => {
  const reason = { reason: 'because-you-bought', evidence: ['b'], params: {} };
  const items = new Map([['b', { id: 'b', title: '蓝色台灯' }]]);

  it.each([
    [undefined, 'Because you bought 蓝色台灯'],
    ['zh', '因为您买过蓝色台灯'],
    ['zh-Hant-TW', '因为您买过蓝色台灯'],
    ['fr', 'Because you bought 蓝色台灯'],
    ['constructor', 'Because you bought 蓝色台灯'],
  ])('speaks %p', (language, text) => expect(reasonText(reason, items, language)).toBe(text));

  it('shows a key of somebody else as it is', () => {
    expect(reasonText({ ...reason, reason: 'mine {0}' }, items)).toBe('mine 蓝色台灯');
  });

  it('has every key in every language, with the same places to fill', () => {
    const placesOf = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place);
    for (const [key, text] of Object.entries(REASON_TEXTS.en)) {
      const others = Object.values(REASON_TEXTS).map((texts: Readonly<Record<string, string>>) => texts[key]);
      for (const other of others)
        expect(placesOf(text)).toEqual(expect.arrayContaining([...placesOf(other ?? '{none}')]));
    }
  });
});
