const {
  defineExplainer,
  defineFilter,
  defineRanker,
  defineReranker,
  defineRetriever,
  defineScorer,
} = require('@attune/sdk');

const version = '1.0.0';
const never = () => new Promise(() => {});
const spin = () => {
  for (;;);
};
const fail = () => {
  throw new Error('the disk ate my model');
};
const scorer = (id, score) => defineScorer({ id, version, setup: () => ({ score }) });
const retriever = (id, each) =>
  defineRetriever({ id, version, setup: () => ({ retrieve: (requests) => requests.map(each) }) });
const reranker = (id, rerank) => defineReranker({ id, version, setup: () => ({ rerank }) });
const explainer = (id, explain) => defineExplainer({ id, version, setup: () => ({ explain }) });
const filter = (id, act) => defineFilter({ id, version, setup: () => ({ filter: act }) });
const ranker = (id, rank) => defineRanker({ id, version, setup: () => ({ rank }) });

exports.plugins = [
  scorer('scorer-never', never),
  scorer('scorer-spins', spin),
  scorer('scorer-throws', fail),
  scorer('scorer-rejects', () => Promise.reject(new Error('no model today'))),
  scorer('scorer-infinite', (_, out) => void out.fill(Infinity)),
  scorer('scorer-nan', (_, out) => void out.fill(NaN)),
  scorer('scorer-late', (_, out) => new Promise((resolve) => setTimeout(() => resolve(out.fill(1e6)), 1_000))),
  scorer('scorer-exits', () => process.exit(3)),
  scorer('scorer-throws-later', (_, out) => {
    out.fill(0);
    setTimeout(fail, 20);
  }),
  retriever('retriever-twice', () => ({ ids: ['mug', 'mug'], scores: Float32Array.of(9, 8) })),
  retriever('retriever-of-hidden', () => ({ ids: ['bottle'], scores: Float32Array.of(1e9) })),
  retriever('retriever-nan', () => ({ ids: ['mug'], scores: Float32Array.of(NaN) })),
  retriever('retriever-short', () => ({ ids: ['mug', 'lamp'], scores: Float32Array.of(1) })),
  defineRetriever({ id: 'retriever-never', version, setup: () => ({ retrieve: never }) }),
  defineRetriever({
    id: 'retriever-invents',
    version,
    setup: () => ({ retrieve: (all) => all.map(() => ({ ids: ['no-such-item'], scores: Float32Array.of(1e9) })) }),
  }),
  reranker('reranker-repeats', ({ candidates }) => new Uint32Array(candidates.size)),
  reranker('reranker-omits', ({ candidates }) => Uint32Array.from({ length: candidates.size - 1 }, (_, i) => i)),
  reranker('reranker-invents', ({ candidates }) => Uint32Array.from({ length: candidates.size }, (_, i) => i + 1)),
  reranker('reranker-spins', spin),
  explainer('explainer-invents', ({ candidates }) =>
    candidates.ids.map(() => ({ reason: 'because-you-bought', evidence: ['gloves'], params: {} })),
  ),
  explainer('explainer-never', never),
  filter('filter-throws', fail),
  filter('filter-puts-back', (_, keep) => void keep.fill(1)),
  filter('filter-never', never),
  ranker('ranker-nan', ({ candidates: { size } }) => ({
    scores: new Float64Array(size).fill(NaN),
    contributions: new Map([['made-up', new Float64Array(size).fill(NaN)]]),
  })),
  ranker('ranker-lies', ({ candidates: { size } }) => ({
    scores: new Float64Array(size).fill(7),
    contributions: new Map([['made-up', new Float64Array(size).fill(1)]]),
  })),
];
for (const plugin of exports.plugins) exports[plugin.id] = plugin;
