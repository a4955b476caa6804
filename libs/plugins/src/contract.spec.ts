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

contract(plugins.popularRetriever);
contract(plugins.recentSalesRetriever);
contract(plugins.trendingRetriever, {}, { world: popularTrap() });
contract(plugins.easeRetriever, {}, trained);
contract(plugins.ialsRetriever, {}, trained);
contract(plugins.itemKnnRetriever, {}, trained);
contract(plugins.boughtTogetherRetriever, { from: 'auto' }, trained);
contract(plugins.contentKnnRetriever, {}, { world });
contract(plugins.buyAgainRetriever);
contract(plugins.recentlyViewedRetriever, {}, { world: checkerboard() });
contract(plugins.popularBySegmentRetriever, {}, segmented);
contract(plugins.lexicalRetriever, {}, { world });
contract(plugins.hybridRetriever, {}, { world });

contract(plugins.availabilityFilter);
contract(plugins.seedsFilter);
contract(plugins.seenFilter);
contract(plugins.whereFilter);

contract(plugins.popularityScorer);
contract(plugins.recentSalesScorer);
contract(plugins.trendingScorer);
contract(plugins.repeatPurchaseScorer);
contract(plugins.repeatPurchaseScorer, { halfLifeDays: 30 });
contract(plugins.freshnessScorer);
contract(plugins.priceBandScorer);
contract(plugins.easeScorer, {}, trained);
contract(plugins.easeScorer, { halfLifeDays: 30, counting: 'log', from: 'history' }, trained);
contract(plugins.ialsScorer, {}, trained);
contract(plugins.itemKnnScorer, {}, trained);
contract(plugins.boughtTogetherScorer, {}, trained);
contract(plugins.sessionSimilarityScorer, {}, { world });
contract(plugins.contentSimilarityScorer, {}, { world });
contract(plugins.lexicalMatchScorer, {}, { world });
contract(plugins.everyWordScorer, {}, { world });
contract(plugins.affinityScorer, {}, { world });
contract(plugins.tasteSimilarityScorer, {}, { world });

contract(
  plugins.weightedRanker,
  { a: 1, b: { weight: 0.5, scale: 'zscore', personal: true }, c: { weight: 2, scale: 'rank', offset: 1 } },
  { monotone: ['a', 'c'] },
);
contract(plugins.rrfRanker, { weights: { a: 1, b: 0.5 } }, { monotone: ['a', 'b'] });

contract(plugins.mmrReranker, { lambda: 0.5 }, { world });
contract(plugins.capReranker, { by: 'brand', most: 2 });
contract(plugins.capReranker, { by: 'attributes.color', most: 1, within: 3, pool: 5 });
contract(plugins.crossEncoderReranker, { model: 'any' }, { world });
contract(plugins.collapseVariantsReranker);

contract(plugins.attributeMatchExplainer);
contract(plugins.goesWithExplainer, {}, { world });
contract(plugins.becauseYouBoughtExplainer, { minLikeness: 0.1 }, { world });
contract(plugins.becauseYouBoughtExplainer, { source: 'ease' }, trained);
contract(plugins.matchesQueryExplainer, {}, { world });

contract(plugins.boughtTogetherTrainer, { minBaskets: 1 }, { world: chain() });
contract(plugins.popularBySegmentTrainer, { attribute: 'country', minUsers: 2 }, segmented);
contract(plugins.easeTrainer, { lambda: 5 }, { rows: { weights: 'items' }, world: chain() });
contract(plugins.ialsTrainer, { dims: 3 }, { rows: { factors: 'items' }, world: chain() });
contract(plugins.itemKnnTrainer, {}, { world: chain() });

describe('the list of plugins', () => {
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
