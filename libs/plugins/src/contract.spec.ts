import { checkerboard, contract, popularTrap, twoGenres, chain, type ContractOptions } from '@attune/testkit';
import * as plugins from './index.js';

const world = twoGenres();
const trained: ContractOptions = {
  world: checkerboard(),
  trainers: {
    ease: { plugin: plugins.easeTrainer, config: { lambda: 5 } },
    'item-knn': { plugin: plugins.itemKnnTrainer, config: { shrinkage: 0 } },
  },
};

contract(plugins.popularRetriever);
contract(plugins.recentSalesRetriever);
contract(plugins.trendingRetriever, {}, { world: popularTrap() });
contract(plugins.easeRetriever, {}, trained);
contract(plugins.itemKnnRetriever, {}, trained);
contract(plugins.contentKnnRetriever, {}, { world });
contract(plugins.buyAgainRetriever);
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
contract(plugins.easeScorer, {}, trained);
contract(plugins.easeScorer, { halfLifeDays: 30, counting: 'log', from: 'history' }, trained);
contract(plugins.itemKnnScorer, {}, trained);
contract(plugins.sessionSimilarityScorer, {}, { world });
contract(plugins.contentSimilarityScorer, {}, { world });
contract(plugins.lexicalMatchScorer, {}, { world });

contract(
  plugins.weightedRanker,
  { a: 1, b: { weight: 0.5, scale: 'zscore' }, c: { weight: 2, scale: 'rank', offset: 1 } },
  { monotone: ['a', 'c'] },
);
contract(plugins.rrfRanker, { weights: { a: 1, b: 0.5 } }, { monotone: ['a', 'b'] });

contract(plugins.mmrReranker, { lambda: 0.5 }, { world });
contract(plugins.collapseVariantsReranker);

contract(plugins.becauseYouBoughtExplainer, { minLikeness: 0.1 }, { world });
contract(plugins.becauseYouBoughtExplainer, { source: 'ease' }, trained);
contract(plugins.matchesQueryExplainer, {}, { world });

contract(plugins.easeTrainer, { lambda: 5 }, { rows: { weights: 'items' }, world: chain() });
contract(plugins.itemKnnTrainer, {}, { world: chain() });

describe('the list of plugins', () => {
  it('holds every exported plugin once', () => {
    const { BUILT_IN_PLUGINS, ...exported } = plugins;
    const all: readonly unknown[] = Object.values(exported);
    expect(BUILT_IN_PLUGINS).toHaveLength(all.length);
    expect(BUILT_IN_PLUGINS.every((one) => all.includes(one))).toBe(true);
    expect(new Set(BUILT_IN_PLUGINS.map((one) => `${one.kind} ${one.id}`)).size).toBe(BUILT_IN_PLUGINS.length);
  });
});
