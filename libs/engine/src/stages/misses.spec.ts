import {
  defineExplainer,
  defineFilter,
  defineRanker,
  defineReranker,
  defineRetriever,
  defineScorer,
  type Behaviors,
  type Explanation,
  type Need,
  type Plugin,
  type RankedColumns,
  type Retrieved,
  type SlateAnswer,
} from '@attune/sdk';
import { benchOf, sourceOf } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';

type Running<K extends keyof Behaviors<Need, string>> = Behaviors<Need, string>[K];
const never = <T>(): Promise<T> => new Promise(() => undefined);
const BUDGET = { hardMs: 15 };
const faulty = { id: 'faulty', version: '1.0.0', budget: BUDGET };

const retriever = (retrieve: Running<'retriever'>['retrieve']): Plugin =>
  defineRetriever({ ...faulty, setup: () => ({ retrieve }) });
const filter = (run: Running<'filter'>['filter'], vital = false): Plugin =>
  defineFilter({ ...faulty, traits: { vital }, setup: () => ({ filter: run }) });
const scorer = (score: Running<'scorer'>['score']): Plugin => defineScorer({ ...faulty, setup: () => ({ score }) });
const ranker = (rank: Running<'ranker'>['rank']): Plugin => defineRanker({ ...faulty, setup: () => ({ rank }) });
const reranker = (rerank: Running<'reranker'>['rerank']): Plugin =>
  defineReranker({ ...faulty, setup: () => ({ rerank }) });
const explainer = (explain: Running<'explainer'>['explain']): Plugin =>
  defineExplainer({ ...faulty, needs: ['history'], setup: () => ({ explain }) });

const list = (ids: readonly unknown[], scores = ids.map(() => 1)): readonly Retrieved[] => [
  { ids: ids as string[], scores: Float32Array.from(scores) },
];
const ranked = (size: number, score: number, parts: Readonly<Record<string, number>>): RankedColumns => ({
  scores: new Float64Array(size).fill(score),
  contributions: new Map(Object.entries(parts).map(([name, part]) => [name, new Float64Array(size).fill(part)])),
});
const throwing = (): never => {
  throw new Error('out of paper');
};
const rejecting = (): Promise<never> => Promise.reject(new Error('out of paper'));

/** Where the faulty plugin stands, beside sound ones. */
const PLACE: Readonly<Record<string, object>> = {
  retriever: { retrieve: [{ use: 'faulty', limit: 5 }, { use: 'in-order' }] },
  filter: { filter: [{ use: 'faulty' }, { use: 'available' }] },
  scorer: { score: [{ use: 'faulty' }, { use: 'cheap' }] },
  ranker: { rank: { use: 'faulty' } },
  reranker: { rerank: [{ use: 'faulty' }] },
  explainer: { explain: { use: 'faulty' } },
};
/** The same pipeline without the faulty plugin, which is what its neutral result amounts to. */
const WITHOUT: Readonly<Record<string, object>> = {
  retriever: {},
  filter: {},
  scorer: {},
  reranker: { rerank: [{ use: 'upside-down' }, { use: 'upside-down' }] },
  explainer: {},
};

async function slateOf(plugin: Plugin | undefined, changes: object): Promise<SlateAnswer> {
  const bench = benchOf(plugin === undefined ? PLAIN : [...PLAIN, plugin]);
  await bench.engine.load([sourceOf(homeOf(changes))]);
  return bench.serve();
}
const shownIn = ({ items }: SlateAnswer): unknown => items.map(({ id, score, reason }) => ({ id, score, reason }));

type Fault = readonly [fault: string, code: string, detail: RegExp, plugin: Plugin];
const TIMEOUT = /^no answer within 1[45] ms$/;
const PAPER = /^out of paper$/;
const broke = (fault: string, detail: RegExp, plugin: Plugin): Fault => [
  fault,
  'PLUGIN_BROKE_CONTRACT',
  detail,
  plugin,
];

const reason = (evidence: unknown, params: unknown = {}): (() => readonly Explanation[]) =>
  (() => Array.from({ length: 10 }, () => ({ reason: 'because-you-bought', evidence, params }))) as () => never;

const FAULTS: readonly Fault[] = [
  ...(
    [
      ['never settles', 'PLUGIN_TIMEOUT', TIMEOUT, never],
      ['throws', 'PLUGIN_FAILED', PAPER, throwing],
      ['rejects', 'PLUGIN_FAILED', PAPER, rejecting],
    ] as const
  ).flatMap(([fault, code, detail, run]) =>
    [retriever(run), filter(run), scorer(run), ranker(run), reranker(run), explainer(run)].map((plugin): Fault => [
      fault,
      code,
      detail,
      plugin,
    ]),
  ),
  broke(
    'proposes NaN',
    /not a finite number/,
    retriever(() => list(['i1'], [NaN])),
  ),
  broke(
    'proposes Infinity',
    /not a finite number/,
    retriever(() => list(['i1'], [Infinity])),
  ),
  broke(
    'proposes an item twice',
    /twice/,
    retriever(() => list(['i1', 'i1'])),
  ),
  broke(
    'proposes more than asked for',
    /6 items where at most 5/,
    retriever(() => list(['1', '2', '3', '4', '5', '6'])),
  ),
  broke(
    'has scores for others',
    /1 ids but 2 scores/,
    retriever(() => list(['i1'], [1, 2])),
  ),
  broke(
    'proposes what is no id',
    /not a string/,
    retriever(() => list([7])),
  ),
  broke(
    'forgets a request',
    /0 lists for 1/,
    retriever(() => []),
  ),
  broke(
    'answers nothing',
    /undefined lists/,
    retriever(() => undefined as never),
  ),
  broke(
    'sets a bit',
    /put a removed candidate back/,
    filter(({ candidates }, keep) => void keep.fill(candidates.size)),
  ),
  broke(
    'writes Infinity',
    /infinite/,
    scorer((_, out) => void out.fill(Infinity)),
  ),
  broke(
    'writes -Infinity',
    /infinite/,
    scorer((_, out) => void (out[3] = -Infinity)),
  ),
  broke(
    'leaves NaN',
    /not a finite number/,
    ranker(({ candidates }) => ranked(candidates.size, NaN, { base: NaN })),
  ),
  broke(
    'does not add up',
    /do not sum/,
    ranker(({ candidates }) => ranked(candidates.size, 1, { base: 0.4, b: 0.4 })),
  ),
  broke(
    'has NaN parts',
    /do not sum/,
    ranker(({ candidates }) => ranked(candidates.size, 1, { base: NaN })),
  ),
  broke(
    'has no parts',
    /no contributions/,
    ranker(({ candidates }) => ranked(candidates.size, 0, {})),
  ),
  broke(
    'scores too few',
    /0 scores for 30/,
    ranker(() => ranked(0, 0, { base: 0 })),
  ),
  broke(
    'names a part 7',
    /begin with a letter/,
    ranker(({ candidates }) => ranked(candidates.size, 1, { 7: 1 })),
  ),
  broke(
    'answers nothing',
    /another shape/,
    ranker(() => undefined as never),
  ),
  broke(
    'repeats',
    /not a permutation/,
    reranker(({ candidates }) => new Uint32Array(candidates.size)),
  ),
  broke(
    'omits',
    /not a permutation/,
    reranker(() => Uint32Array.of(0)),
  ),
  broke(
    'invents',
    /not a permutation/,
    reranker(({ candidates: { size } }) => Uint32Array.from({ length: size }, (_, i) => i + 1)),
  ),
  broke(
    'answers a plain array',
    /not a permutation/,
    reranker(({ candidates: { size } }) => Array.from({ length: size }, (_, i) => i) as never),
  ),
  broke('points to what the user never touched', /never touched: i39/, explainer(reason(['i39']))),
  broke(
    'says too little',
    /1 reasons for 10/,
    explainer(() => [undefined]),
  ),
  broke('has no evidence', /without key, evidence or params/, explainer(reason(undefined))),
  broke('has no params', /without key, evidence or params/, explainer(reason(['i1'], null))),
];

describe('a plugin that misses costs the slate that plugin only', () => {
  it.each(
    FAULTS.map(([fault, code, detail, plugin]) => [`${plugin.kind} ${fault}`, { code, detail, plugin }] as const),
  )('%s', async (_, { code, detail, plugin }) => {
    const slate = await slateOf(plugin, PLACE[plugin.kind]!);
    expect(slate.degraded).toEqual([
      { plugin: 'faulty', code, detail: expect.stringMatching(detail), ms: expect.any(Number) },
    ]);
    expect(slate.items).toHaveLength(10);
    if (plugin.kind === 'ranker') return;
    expect(shownIn(slate)).toEqual(shownIn(await slateOf(undefined, WITHOUT[plugin.kind]!)));
  });

  it('without its ranker a slate is ordered by reciprocal rank, and still adds up', async () => {
    const slate = await slateOf(ranker(throwing), {
      ...PLACE['ranker'],
      retrieve: [
        { use: 'in-order', limit: 3 },
        { use: 'popular', limit: 40 },
      ],
    });
    const first = slate.items[0]!;
    // i2 is third of one list and thirty-eighth of the other; nobody else on the first list is better placed on both.
    expect(first.contributions).toEqual({ 'in-order': 1 / 61, popular: 1 / 100 });
    expect(first).toMatchObject({ id: 'i0', score: 1 / 61 + 1 / 100 });
  });
});
