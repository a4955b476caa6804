import { defineExplainer, defineReranker, PortError, type Behaviors, type Llm, type Need } from '@attune/sdk';
import { benchOf, sourceOf, type Bench } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';

const plugin = { version: '1.0.0', uses: ['llm'] } as const;

/** Turns the slate round once a model is there. */
const turning = defineReranker({
  ...plugin,
  id: 'turning',
  async setup(_, { llm }): Promise<Behaviors<Need, string>['reranker']> {
    await llm.open('turning');
    return {
      rerank: ({ candidates }) => Uint32Array.from({ length: candidates.size }, (_, i) => candidates.size - 1 - i),
    };
  },
});
const telling = defineExplainer({
  ...plugin,
  id: 'telling',
  async setup(_, { llm }): Promise<Behaviors<Need, string>['explainer']> {
    await llm.open('telling');
    return { explain: ({ candidates }) => candidates.ids.map(() => ({ reason: 'told', evidence: [], params: {} })) };
  },
});

async function loaded(changes: object, llm?: Llm): Promise<Bench> {
  const bench = benchOf([...PLAIN, turning, telling]);
  if (llm !== undefined) Object.assign(bench.context.ports, { llm: { open: async () => llm } });
  await bench.engine.load([sourceOf(homeOf(changes))]);
  return bench;
}
const STEPS = { rerank: [{ use: 'turning' }], explain: { use: 'telling' } };
const OPTIONAL = { rerank: [{ use: 'turning', optional: true }], explain: { use: 'telling', optional: true } };
const SILENT: Llm = {
  model: 'silent',
  blocked: [],
  answer: async () => '',
  likelihood: async () => new Float32Array(0),
  relevance: async () => new Float32Array(0),
};

describe('steps that ask a language model', () => {
  it('are named where the server has none', async () => {
    const { degraded, items } = await (await loaded(STEPS)).serve();
    const detail = 'this fixture has no language model';
    expect(degraded).toEqual([
      { plugin: 'turning', code: 'LLM_MISSING', detail },
      { plugin: 'telling', code: 'LLM_MISSING', detail },
    ]);
    expect(items[0]!.id).toBe('i0');
  });

  it('are left out there without a word where they are optional, and run where there is one', async () => {
    const without = await (await loaded(OPTIONAL)).serve();
    expect([without.degraded, without.items[0]!.reason]).toEqual([[], undefined]);
    const named = without.trace!.stages.flatMap(({ plugins }) => plugins.map((each) => each.plugin));
    expect(named.filter((name) => name === 'turning' || name === 'telling')).toEqual([]);
    const run = await (await loaded(OPTIONAL, SILENT)).serve({ limit: 40 });
    expect([run.degraded, run.items.at(-1)!.id, run.items[0]!.reason?.key]).toEqual([[], 'i0', 'told']);
    const other = await (await loaded(OPTIONAL, { ...SILENT, model: 'other' })).serve();
    expect(new Set([run, without, other].map(({ pipeline }) => pipeline.digest)).size).toBe(3);
  });
});

describe('a reason that a port gives', () => {
  it('is named as it is, and does not bring the plugin nearer to resting', async () => {
    let calls = 0;
    const refused = defineReranker({
      ...plugin,
      id: 'refused',
      setup: () => ({
        rerank() {
          calls++;
          throw new PortError('LLM_BUDGET_SPENT', 'a day may take 0 tokens');
        },
      }),
    });
    const bench = benchOf([...PLAIN, refused]);
    await bench.engine.load([sourceOf(homeOf({ rerank: [{ use: 'refused' }] }))]);
    for (let i = 0; i < 7; i++) {
      const { degraded, items } = await bench.serve();
      expect(degraded).toEqual([
        {
          plugin: 'refused',
          code: 'LLM_BUDGET_SPENT',
          detail: 'a day may take 0 tokens',
          ms: expect.any(Number) as number,
        },
      ]);
      expect(items).toHaveLength(10);
    }
    expect(calls).toBe(7);
  });
});
