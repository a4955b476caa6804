import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { adaptItems, fitIals, startTextAdapter } from '@attune/algorithms';
import {
  buildWorld,
  chain,
  checkerboard,
  contract,
  fakeRun,
  popularTrap,
  trainingDataOf,
  twoGenres,
  withSpace,
  type ContractOptions,
  type World,
} from '@attune/testkit';
import { referenceRuntime } from '@attune/training';
import * as plugins from './built-in.js';
import { IALS_ALIAS, IALS_SPACE } from './models/indexed-ials.model.js';
import { ADAPTED_SPACE, ADAPTER_ALIAS, adapterArrays } from './models/text-adapter.model.js';
import { interactionMatrix } from './logs/interaction-matrix.js';
import { foreignModels } from './testing/foreign-models.js';
import { plantedCandidates } from './testing/planted-candidates.js';
import { plantedClicks } from './testing/planted-clicks.js';
import { walkers } from './testing/crowd.plans.js';
import { byTaste, raters, withValues } from './testing/rating.plans.js';
import { BUILT_IN_PLUGINS } from './index.js';

const PLUGIN_FILE = /\.(retriever|filter|scorer|ranker|reranker|explainer|trainer)\.ts$/;

const DIMS = 4;
const FIT = { dims: DIMS, lambda: 0.01, alpha0: 0.1, nu: 1, iterations: 8, steps: 3 };

/** A world whose items have their factors of an iALS model in a space, and the artifacts that go with it. */
function indexedWorld(world: World): Required<Pick<ContractOptions, 'world' | 'artifacts'>> {
  const { matrix, itemIds } = interactionMatrix(trainingDataOf(world), ['purchase']);
  const run = fakeRun();
  const { factors, gram } = fitIals(matrix, { ...FIT, random: () => run.random() });
  const rowOf = new Map(itemIds.map((id, row) => [id, row]));
  const data = new Float32Array(world.items.length * DIMS).fill(NaN);
  world.items.forEach(({ id }, i) => {
    const row = rowOf.get(id);
    if (row !== undefined) data.set(factors.subarray(row * DIMS, (row + 1) * DIMS), i * DIMS);
  });
  const block = { rows: world.items.length, dims: DIMS, data, metric: 'dot' } as const;
  const meta = { ...FIT, items: itemIds.length };
  const model = { meta, arrays: { factors, gram }, ids: { items: itemIds } };
  const alias = { meta, arrays: { gram }, ids: {} };
  return { world: withSpace(world, IALS_SPACE, block), artifacts: { ials: model, [IALS_ALIAS]: alias } };
}

/** A world whose items lie where an adapter that learned nothing has them, and the artifact that says so. */
function adaptedWorld(world: World): Required<Pick<ContractOptions, 'world' | 'artifacts'>> {
  const text = world.spaces.get('text')!;
  const adapter = startTextAdapter({ values: text.data, dims: text.dims });
  const data = adaptItems(adapter, { values: text.data, dims: text.dims });
  const { dims, last, decay } = adapter;
  const ids = { items: world.items.map(({ id }) => id) };
  const alias = { meta: { dims, last, decay, of: 'text' }, arrays: adapterArrays(adapter), ids };
  return { world: withSpace(world, ADAPTED_SPACE, { ...text, data }), artifacts: { [ADAPTER_ALIAS]: alias } };
}

const world = twoGenres();
const trained: ContractOptions = {
  world: checkerboard(),
  trainers: {
    ease: { plugin: plugins.easeTrainer, config: { lambda: 5 } },
    'bought-together': { plugin: plugins.boughtTogetherTrainer, config: { minBaskets: 1 } },
    ials: { plugin: plugins.ialsTrainer, config: { dims: 4, lambda: 0.01, alpha0: 0.1 } },
    'item-knn': { plugin: plugins.itemKnnTrainer, config: { shrinkage: 0 } },
    bpr: { plugin: plugins.bprTrainer, config: { dims: 4, passes: 5 } },
    'ease-local': { plugin: plugins.easeLocalTrainer, config: { lambda: 5, neighbors: 10 } },
    rp3beta: { plugin: plugins.rp3betaTrainer },
    'session-knn': { plugin: plugins.sessionKnnTrainer },
    transitions: { plugin: plugins.transitionsTrainer },
    'user-knn': { plugin: plugins.userKnnTrainer },
  },
};
const TINY = { dims: 4, window: 5, heads: 1, blocks: 1, epochs: 1 };
const neural: ContractOptions = {
  world: checkerboard(),
  host: { graphs: referenceRuntime },
  trainers: {
    sasrec: { plugin: plugins.sasRecTrainer, config: TINY },
    bert4rec: { plugin: plugins.bert4RecTrainer, config: TINY },
    xlnet4rec: { plugin: plugins.xlnet4RecTrainer, config: TINY },
  },
};
const BAYESIAN = { dims: 2, burnIn: 2, samples: 2, every: 1 };
const DEEP = { dims: 2, hidden: [4], epochs: 1 };
const clicked: ContractOptions = {
  world: plantedClicks(220),
  host: { graphs: referenceRuntime },
  trainers: {
    'bayesian-fm': { plugin: plugins.bayesianFmTrainer, config: BAYESIAN },
    deepfm: { plugin: plugins.deepFmTrainer, config: DEEP },
  },
};
const indexed: ContractOptions = indexedWorld(checkerboard());
const adapted: ContractOptions = adaptedWorld(twoGenres());
const foreign: ContractOptions = { world: checkerboard(), ...foreignModels(checkerboard()) };
const ORDER = { trees: 5, minLeafRows: 20 };
const ordered: ContractOptions = {
  world: { ...chain(), candidates: plantedCandidates({ scoresAre: 'wrong' }) },
  trainers: { lambdamart: { plugin: plugins.lambdaMartTrainer, config: ORDER } },
};
const RATING = { dims: 3, epochs: 5 };
const rated: ContractOptions = {
  world: withValues(buildWorld(raters()), byTaste),
  trainers: {
    svd: { plugin: plugins.svdTrainer, config: RATING },
    'knn-baseline': { plugin: plugins.knnBaselineTrainer },
  },
};
const segmented: ContractOptions = {
  world: {
    ...checkerboard(),
    users: checkerboard().userIds.map((id, u) => ({ id, attributes: { country: u % 2 ? 'DE' : 'FR' } })),
  },
  trainers: {
    'popular-by-segment': { plugin: plugins.popularBySegmentTrainer, config: { attribute: 'country', minUsers: 2 } },
  },
};

const proved = new Set<unknown>();
const keepsContract: typeof contract = (plugin, config, options) => {
  proved.add(plugin);
  contract(plugin, config, options);
};

keepsContract(plugins.popularRetriever);
keepsContract(plugins.recentSalesRetriever);
keepsContract(plugins.trendingRetriever, {}, { world: popularTrap() });
keepsContract(plugins.easeRetriever, {}, trained);
keepsContract(plugins.ialsRetriever, {}, trained);
keepsContract(plugins.ialsKnnRetriever, {}, indexed);
keepsContract(plugins.itemKnnRetriever, {}, trained);
keepsContract(plugins.bprRetriever, {}, trained);
keepsContract(plugins.easeLocalRetriever, {}, trained);
keepsContract(plugins.rp3betaRetriever, {}, trained);
keepsContract(plugins.sessionKnnRetriever, {}, trained);
keepsContract(plugins.textAdapterRetriever, {}, adapted);
keepsContract(plugins.transitionsRetriever, {}, trained);
keepsContract(plugins.userKnnRetriever, {}, trained);
keepsContract(plugins.sasRecRetriever, {}, neural);
keepsContract(plugins.bert4RecRetriever, {}, neural);
keepsContract(plugins.xlnet4RecRetriever, {}, neural);
keepsContract(plugins.boughtTogetherRetriever, { from: 'auto' }, trained);
keepsContract(plugins.contentKnnRetriever, {}, { world });
keepsContract(plugins.buyAgainRetriever);
keepsContract(plugins.recentlyViewedRetriever, {}, { world: checkerboard() });
keepsContract(plugins.popularBySegmentRetriever, {}, segmented);
keepsContract(plugins.onnxUserEncoderRetriever, { model: 'mine' }, foreign);
keepsContract(plugins.lexicalRetriever, {}, { world });
keepsContract(plugins.hybridRetriever, {}, { world });

keepsContract(plugins.availabilityFilter);
keepsContract(plugins.seedsFilter);
keepsContract(plugins.seenFilter);
keepsContract(plugins.whereFilter);

keepsContract(plugins.popularityScorer);
keepsContract(plugins.recentSalesScorer);
keepsContract(plugins.trendingScorer);
keepsContract(plugins.lastBoughtScorer);
keepsContract(plugins.lastBoughtScorer, { in: 'baskets' });
keepsContract(plugins.repeatPurchaseScorer);
keepsContract(plugins.repeatPurchaseScorer, { halfLifeDays: 30 });
keepsContract(plugins.freshnessScorer);
keepsContract(plugins.priceBandScorer);
keepsContract(plugins.easeScorer, {}, trained);
keepsContract(plugins.easeScorer, { halfLifeDays: 30, counting: 'log', from: 'history' }, trained);
keepsContract(plugins.ialsScorer, {}, trained);
keepsContract(plugins.ialsKnnScorer, {}, indexed);
keepsContract(plugins.itemKnnScorer, {}, trained);
keepsContract(plugins.bprScorer, {}, trained);
keepsContract(plugins.easeLocalScorer, {}, trained);
keepsContract(plugins.rp3betaScorer, {}, trained);
keepsContract(plugins.sessionKnnScorer, {}, trained);
keepsContract(plugins.textAdapterScorer, { newItemLift: 0.1 }, adapted);
keepsContract(plugins.transitionsScorer, { halfLifeDays: 30 }, trained);
keepsContract(plugins.userKnnScorer, {}, trained);
keepsContract(plugins.sasRecScorer, {}, neural);
keepsContract(plugins.bert4RecScorer, {}, neural);
keepsContract(plugins.xlnet4RecScorer, {}, neural);
keepsContract(plugins.boughtTogetherScorer, {}, trained);
keepsContract(plugins.svdScorer, {}, rated);
keepsContract(plugins.knnBaselineScorer, { maxItems: 5 }, rated);
keepsContract(plugins.sessionSimilarityScorer, {}, { world });
keepsContract(plugins.contentSimilarityScorer, {}, { world });
keepsContract(plugins.bayesianFmScorer, {}, clicked);
keepsContract(plugins.deepFmScorer, {}, clicked);
keepsContract(plugins.onnxScorer, { model: 'mine' }, foreign);
keepsContract(plugins.lexicalMatchScorer, {}, { world });
keepsContract(plugins.everyWordScorer, {}, { world });
keepsContract(plugins.affinityScorer, {}, { world });
keepsContract(plugins.tasteSimilarityScorer, {}, { world });

keepsContract(
  plugins.weightedRanker,
  { a: 1, b: { weight: 0.5, scale: 'zscore', personal: true }, c: { weight: 2, scale: 'rank', offset: 1 } },
  { monotone: ['a', 'c'] },
);
keepsContract(plugins.lambdaMartRanker, { until: { a: 1, b: 0.5 } }, { monotone: ['a', 'b'] });
keepsContract(plugins.lambdaMartRanker, { until: { a: 1 } }, ordered);
keepsContract(plugins.rrfRanker, { weights: { a: 1, b: 0.5 } }, { monotone: ['a', 'b'] });

keepsContract(plugins.mmrReranker, { lambda: 0.5 }, { world });
keepsContract(plugins.capReranker, { by: 'brand', most: 2 });
keepsContract(plugins.capReranker, { by: 'attributes.color', most: 1, within: 3, pool: 5 });
keepsContract(plugins.capReranker, { by: 'brand', most: 2, also: [{ by: 'categories', most: 1 }] });
keepsContract(plugins.crossEncoderReranker, { model: 'any' }, { world });
keepsContract(plugins.llmListwiseReranker, { shuffles: 2, window: 4, step: 2 }, { world });
keepsContract(plugins.llmLikelihoodReranker, {}, { world });
keepsContract(plugins.llmRelevanceReranker, {}, { world });
keepsContract(plugins.collapseVariantsReranker);

keepsContract(plugins.attributeMatchExplainer);
keepsContract(plugins.goesWithExplainer, {}, { world });
keepsContract(plugins.becauseYouBoughtExplainer, { minLikeness: 0.1 }, { world });
keepsContract(plugins.becauseYouBoughtExplainer, { source: 'ease' }, trained);
keepsContract(plugins.matchesQueryExplainer, {}, { world });
keepsContract(plugins.llmPhrasingExplainer, {}, { world });
keepsContract(plugins.strongestPartExplainer, { reasons: { fit: 'fits' } }, { world });

keepsContract(plugins.bayesianFmTrainer, BAYESIAN, { world: clicked.world! });
keepsContract(plugins.deepFmTrainer, { ...DEEP, gate: 0 }, { world: clicked.world!, host: clicked.host! });
keepsContract(plugins.lambdaMartTrainer, ORDER, { world: ordered.world! });
keepsContract(plugins.boughtTogetherTrainer, { minBaskets: 1 }, { world: chain() });
keepsContract(plugins.popularBySegmentTrainer, { attribute: 'country', minUsers: 2 }, segmented);
keepsContract(plugins.easeTrainer, { lambda: 5 }, { rows: { weights: 'items' }, world: chain() });
keepsContract(plugins.ialsTrainer, { dims: 3 }, { rows: { factors: 'items' }, world: chain() });
keepsContract(plugins.itemKnnTrainer, {}, { world: chain() });
keepsContract(plugins.svdTrainer, RATING, { rows: { factors: 'items', biases: 'items' }, world: rated.world! });
keepsContract(plugins.knnBaselineTrainer, {}, { rows: { biases: 'items' }, world: rated.world! });
keepsContract(
  plugins.bprTrainer,
  { dims: 3, passes: 2 },
  { rows: { factors: 'items', biases: 'items' }, world: chain() },
);
keepsContract(plugins.easeLocalTrainer, { neighbors: 5 }, { world: chain() });
keepsContract(plugins.rp3betaTrainer, {}, { world: chain() });
keepsContract(plugins.sessionKnnTrainer, { gapMinutes: 30 }, { world: chain() });
keepsContract(plugins.textAdapterTrainer, { epochs: 1 }, { world: twoGenres(), host: { graphs: referenceRuntime } });
keepsContract(plugins.transitionsTrainer, {}, { world: chain() });
keepsContract(plugins.sasRecTrainer, TINY, { ...neural, world: chain() });
keepsContract(plugins.bert4RecTrainer, TINY, { ...neural, world: chain() });
keepsContract(plugins.xlnet4RecTrainer, TINY, { ...neural, world: chain() });
keepsContract(plugins.userKnnTrainer, { users: 10 }, { world: chain() });
keepsContract(plugins.itemKnnTrainer, {}, { world: buildWorld(walkers()) });

describe('the list of plugins', () => {
  it('holds no plugin whose contract is not tested above', () => {
    expect(BUILT_IN_PLUGINS.filter((plugin) => !proved.has(plugin)).map(({ kind, id }) => `${kind} ${id}`)).toEqual([]);
  });

  it('holds one plugin for every plugin file, each under a name of its own', () => {
    const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
      PLUGIN_FILE.test(file),
    );
    expect(BUILT_IN_PLUGINS).toHaveLength(files.length);
    expect(new Set(BUILT_IN_PLUGINS.map(({ kind, id }) => `${id}.${kind}.ts`))).toEqual(
      new Set(files.map((file) => basename(file))),
    );
  });
});
