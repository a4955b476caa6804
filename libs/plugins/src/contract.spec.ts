import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { checkerboard, contract, popularTrap, twoGenres, chain, type ContractOptions } from '@attune/testkit';
import * as plugins from './built-in.js';
import { BUILT_IN_PLUGINS } from './index.js';

const PLUGIN_FILE = /\.(retriever|filter|scorer|ranker|reranker|explainer|trainer)\.ts$/;

const world = twoGenres();
const trained: ContractOptions = {
  world: checkerboard(),
  trainers: {
    ease: { plugin: plugins.easeTrainer, config: { lambda: 5 } },
    'bought-together': { plugin: plugins.boughtTogetherTrainer, config: { minBaskets: 1 } },
    ials: { plugin: plugins.ialsTrainer, config: { dims: 4, lambda: 0.01, alpha0: 0.1 } },
    'item-knn': { plugin: plugins.itemKnnTrainer, config: { shrinkage: 0 } },
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
keepsContract(plugins.itemKnnRetriever, {}, trained);
keepsContract(plugins.boughtTogetherRetriever, { from: 'auto' }, trained);
keepsContract(plugins.contentKnnRetriever, {}, { world });
keepsContract(plugins.buyAgainRetriever);
keepsContract(plugins.recentlyViewedRetriever, {}, { world: checkerboard() });
keepsContract(plugins.popularBySegmentRetriever, {}, segmented);
keepsContract(plugins.lexicalRetriever, {}, { world });
keepsContract(plugins.hybridRetriever, {}, { world });

keepsContract(plugins.availabilityFilter);
keepsContract(plugins.seedsFilter);
keepsContract(plugins.seenFilter);
keepsContract(plugins.whereFilter);

keepsContract(plugins.popularityScorer);
keepsContract(plugins.recentSalesScorer);
keepsContract(plugins.trendingScorer);
keepsContract(plugins.repeatPurchaseScorer);
keepsContract(plugins.repeatPurchaseScorer, { halfLifeDays: 30 });
keepsContract(plugins.freshnessScorer);
keepsContract(plugins.priceBandScorer);
keepsContract(plugins.easeScorer, {}, trained);
keepsContract(plugins.easeScorer, { halfLifeDays: 30, counting: 'log', from: 'history' }, trained);
keepsContract(plugins.ialsScorer, {}, trained);
keepsContract(plugins.itemKnnScorer, {}, trained);
keepsContract(plugins.boughtTogetherScorer, {}, trained);
keepsContract(plugins.sessionSimilarityScorer, {}, { world });
keepsContract(plugins.contentSimilarityScorer, {}, { world });
keepsContract(plugins.lexicalMatchScorer, {}, { world });
keepsContract(plugins.everyWordScorer, {}, { world });
keepsContract(plugins.affinityScorer, {}, { world });
keepsContract(plugins.tasteSimilarityScorer, {}, { world });

keepsContract(
  plugins.weightedRanker,
  { a: 1, b: { weight: 0.5, scale: 'zscore', personal: true }, c: { weight: 2, scale: 'rank', offset: 1 } },
  { monotone: ['a', 'c'] },
);
keepsContract(plugins.rrfRanker, { weights: { a: 1, b: 0.5 } }, { monotone: ['a', 'b'] });

keepsContract(plugins.mmrReranker, { lambda: 0.5 }, { world });
keepsContract(plugins.capReranker, { by: 'brand', most: 2 });
keepsContract(plugins.capReranker, { by: 'attributes.color', most: 1, within: 3, pool: 5 });
keepsContract(plugins.capReranker, { by: 'brand', most: 2, also: [{ by: 'categories', most: 1 }] });
keepsContract(plugins.crossEncoderReranker, { model: 'any' }, { world });
keepsContract(plugins.collapseVariantsReranker);

keepsContract(plugins.attributeMatchExplainer);
keepsContract(plugins.goesWithExplainer, {}, { world });
keepsContract(plugins.becauseYouBoughtExplainer, { minLikeness: 0.1 }, { world });
keepsContract(plugins.becauseYouBoughtExplainer, { source: 'ease' }, trained);
keepsContract(plugins.matchesQueryExplainer, {}, { world });

keepsContract(plugins.boughtTogetherTrainer, { minBaskets: 1 }, { world: chain() });
keepsContract(plugins.popularBySegmentTrainer, { attribute: 'country', minUsers: 2 }, segmented);
keepsContract(plugins.easeTrainer, { lambda: 5 }, { rows: { weights: 'items' }, world: chain() });
keepsContract(plugins.ialsTrainer, { dims: 3 }, { rows: { factors: 'items' }, world: chain() });
keepsContract(plugins.itemKnnTrainer, {}, { world: chain() });

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
