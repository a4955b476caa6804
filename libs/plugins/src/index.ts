import type { Plugin } from '@attune/sdk';
import { buyAgainRetriever } from './retrievers/buy-again.retriever.js';
import { contentKnnRetriever } from './retrievers/content-knn.retriever.js';
import { easeRetriever } from './retrievers/ease.retriever.js';
import { hybridRetriever } from './retrievers/hybrid.retriever.js';
import { itemKnnRetriever } from './retrievers/item-knn.retriever.js';
import { lexicalRetriever } from './retrievers/lexical.retriever.js';
import { popularRetriever } from './retrievers/popular.retriever.js';
import { recentSalesRetriever } from './retrievers/recent-sales.retriever.js';
import { trendingRetriever } from './retrievers/trending.retriever.js';
import { availabilityFilter } from './filters/availability.filter.js';
import { seedsFilter } from './filters/seeds.filter.js';
import { seenFilter } from './filters/seen.filter.js';
import { whereFilter } from './filters/where.filter.js';
import { contentSimilarityScorer } from './scorers/content-similarity.scorer.js';
import { easeScorer } from './scorers/ease.scorer.js';
import { itemKnnScorer } from './scorers/item-knn.scorer.js';
import { lexicalMatchScorer } from './scorers/lexical-match.scorer.js';
import { popularityScorer } from './scorers/popularity.scorer.js';
import { recentSalesScorer } from './scorers/recent-sales.scorer.js';
import { repeatPurchaseScorer } from './scorers/repeat-purchase.scorer.js';
import { sessionSimilarityScorer } from './scorers/session-similarity.scorer.js';
import { trendingScorer } from './scorers/trending.scorer.js';
import { rrfRanker } from './rankers/rrf.ranker.js';
import { weightedRanker } from './rankers/weighted.ranker.js';
import { collapseVariantsReranker } from './rerankers/collapse-variants.reranker.js';
import { mmrReranker } from './rerankers/mmr.reranker.js';
import { becauseYouBoughtExplainer } from './explainers/because-you-bought.explainer.js';
import { matchesQueryExplainer } from './explainers/matches-query.explainer.js';
import { easeTrainer } from './trainers/ease.trainer.js';
import { itemKnnTrainer } from './trainers/item-knn.trainer.js';

export {
  buyAgainRetriever,
  contentKnnRetriever,
  easeRetriever,
  hybridRetriever,
  itemKnnRetriever,
  lexicalRetriever,
  popularRetriever,
  recentSalesRetriever,
  trendingRetriever,
  availabilityFilter,
  seedsFilter,
  seenFilter,
  whereFilter,
  contentSimilarityScorer,
  easeScorer,
  itemKnnScorer,
  lexicalMatchScorer,
  popularityScorer,
  recentSalesScorer,
  repeatPurchaseScorer,
  sessionSimilarityScorer,
  trendingScorer,
  rrfRanker,
  weightedRanker,
  collapseVariantsReranker,
  mmrReranker,
  becauseYouBoughtExplainer,
  matchesQueryExplainer,
  easeTrainer,
  itemKnnTrainer,
};

/** Every plugin that comes with the platform; a new one is listed here and nowhere else. */
export const BUILT_IN_PLUGINS: readonly Plugin[] = [
  buyAgainRetriever,
  contentKnnRetriever,
  easeRetriever,
  hybridRetriever,
  itemKnnRetriever,
  lexicalRetriever,
  popularRetriever,
  recentSalesRetriever,
  trendingRetriever,
  availabilityFilter,
  seedsFilter,
  seenFilter,
  whereFilter,
  contentSimilarityScorer,
  easeScorer,
  itemKnnScorer,
  lexicalMatchScorer,
  popularityScorer,
  recentSalesScorer,
  repeatPurchaseScorer,
  sessionSimilarityScorer,
  trendingScorer,
  rrfRanker,
  weightedRanker,
  collapseVariantsReranker,
  mmrReranker,
  becauseYouBoughtExplainer,
  matchesQueryExplainer,
  easeTrainer,
  itemKnnTrainer,
];
