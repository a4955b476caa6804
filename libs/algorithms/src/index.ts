export {
  type Artifact,
  type ArtifactArray,
  artifactDigest,
  decodeArtifact,
  encodeArtifact,
  type Json,
} from './artifact.codec.js';
export { binaryMatrix, type Interactions } from './data/interactions.js';
export { type RatingModel, type Ratings } from './data/ratings.js';
export {
  type ItemHistory,
  sequenceOf,
  type Sequences,
  sequencesOf,
  type TimedSequences,
  userCount,
} from './data/sequences.js';
export { userMatrix } from './data/user-matrix.js';
export { convexSum, type ScoredList, type WeightedList } from './fusion/convex-sum.js';
export { ranksOf, reciprocalRanks } from './fusion/rank.columns.js';
export { scaledToOne } from './fusion/scaled-to-one.js';
export { withLogits } from './fusion/with-logits.js';
export {
  fitIals,
  ialsInterests,
  ialsUser,
  type IalsModel,
  type IalsOptions,
  type IalsPart,
} from './factors/ials.model.js';
export { type IalsPenalty } from './factors/ials.penalty.js';
export {
  fitPopularity,
  popularityInterests,
  type PopularityModel,
  type PopularityOptions,
} from './counts/popularity.model.js';
export { bprInterests, type BprClimb, type BprModel, type BprOptions, fitBpr } from './factors/bpr.model.js';
export { type EasePenalty } from './linear/ease.penalty.js';
export { EASE_MAX_ITEMS, easeInterests, type EaseOptions, fitEase } from './linear/ease.model.js';
export {
  easeLocalInterests,
  type EaseLocalModel,
  type EaseLocalOptions,
  fitEaseLocal,
} from './linear/ease-local.model.js';
export { fitItemKnn, itemKnnInterests, type ItemKnnOptions, type ItemSimilarity } from './neighbors/item-knn.model.js';
export {
  fitUserKnn,
  userKnnInterests,
  type NeighborhoodOptions,
  type UserKnnModel,
} from './neighbors/user-knn.model.js';
export { DAY_MS, faded } from './purchases/fading.js';
export { type Basket, latestBaskets, withoutLatest } from './purchases/latest-baskets.js';
export { type Neighbor, neighborInterests, neighborsOf, type NeighborWindow } from './purchases/neighbors.kernel.js';
export { ownInterests } from './purchases/own-items.js';
export {
  fitNextBasket,
  nextBasketInterests,
  type NextBasketModel,
  type NextBasketOptions,
} from './purchases/next-basket.model.js';
export {
  type PurchaseLog,
  purchaseLogOf,
  type Shopper,
  shopperAt,
  soldBefore,
  soldWithin,
} from './purchases/purchase-log.js';
export { recentHistory, type RecencyOptions } from './sequences/recency.kernel.js';
export {
  fitSessionKnn,
  sessionKnnInterests,
  type SessionKnnModel,
  type SessionKnnOptions,
} from './sequences/session-knn.model.js';
export {
  fitTransitions,
  transitionInterests,
  type TransitionModel,
  type TransitionOptions,
} from './sequences/transitions.model.js';
export {
  type AdaptedHistory,
  type AdaptedVectors,
  adapterInterests,
  adapterQuery,
  adaptHistory,
  adaptItems,
  adaptVectors,
  newItemLifts,
} from './text/adapted.vectors.js';
export { type AdapterMap } from './text/adapter.graph.js';
export { startTextAdapter, type TextAdapterModel, type TextAdapterStart } from './text/adapter.model.js';
export { fitTextAdapter, type TextAdapterOptions } from './text/adapter.training.js';
export { type TextVectors } from './text/text.vectors.js';
export { type TextWhitening } from './text/text.whitening.js';
export { type FittedTrees } from './trees/boosting.js';
export { fitLambdaMart, type LambdaMartOptions } from './trees/lambdamart.model.js';
export { fitLogisticTrees, fitSquaredTrees, type PointwiseTreeOptions } from './trees/pointwise-trees.model.js';
export { type FeatureTable, type RankingData, type TargetData } from './trees/training-rows.js';
export { treeContributions } from './trees/tree-contributions.js';
export {
  columnImportances,
  type ColumnImportances,
  type TreeEnsemble,
  treeScores,
} from './trees/tree-ensemble.model.js';
export { type TreeOptions } from './trees/tree.options.js';
export { fitRp3beta, rp3betaInterests, type Rp3betaModel, type Rp3betaOptions } from './walks/rp3beta.model.js';
export { type Baseline, baselinePredictor, type BaselineOptions, fitBaseline } from './ratings/baseline.model.js';
export { type BayesianSvdOptions, fitBayesianSvd } from './ratings/bayesian-svd.model.js';
export {
  type BlendMember,
  blendPredictor,
  fitRatingBlend,
  fitRatingWeights,
  type RatingBlendOptions,
  type RatingWeights,
} from './ratings/rating.blend.js';
export { type ItemBiases, type OwnRatings, type RatingOf } from './ratings/own.ratings.js';
export { type RatingMeasure, type SimilarityOptions } from './ratings/rating.similarity.js';
export { factorPredictor, type FactorRatings } from './ratings/factor.ratings.js';
export {
  fitRatingKnn,
  type RatingKnnModel,
  type RatingKnnOptions,
  ratingKnnPredictor,
} from './ratings/rating-knn.model.js';
export { foldInBaseline, foldInRatingKnn, type KnnFoldIn, type KnnItems } from './ratings/rating-knn.fold-in.js';
export { fitSlopeOne, type SlopeOneModel, slopeOnePredictor } from './ratings/slope-one.model.js';
export { fitSvd } from './ratings/svd.model.js';
export { foldInSvd, type SvdItems, type SvdLearning } from './ratings/svd.fold-in.js';
export { fitSvdPlusPlus } from './ratings/svd-plus-plus.model.js';
export { type SvdOptions } from './ratings/svd.descent.js';
export { bert4RecInterests, fitBert4Rec, openBert4Rec } from './sequences/bert4rec.model.js';
export { type EpochReport } from './sequences/epoch.loop.js';
export { fitSasRec, openSasRec, sasRecInterests } from './sequences/sasrec.model.js';
export { type SequenceScorer } from './sequences/sequence.scorer.js';
export { shuffled } from './sequences/shuffled.js';
export { type SequenceModel, type SequenceTrainingOptions } from './sequences/sequence.training.js';
export { fitXlnet4Rec, openXlnet4Rec, xlnet4RecInterests } from './sequences/xlnet4rec.model.js';
export {
  type CategoryField,
  type ClickCases,
  type ClickData,
  type ClickField,
  type NumberField,
} from './data/clicks.js';
export { bayesianFmArtifact, bayesianFmOf } from './clicks/bayesian-fm.artifact.js';
export {
  type BayesianFmModel,
  type BayesianFmOptions,
  bayesianFmProbabilities,
  fitBayesianFm,
} from './clicks/bayesian-fm.model.js';
export { deepFmArtifact, deepFmOf } from './clicks/deepfm.artifact.js';
export {
  type DeepFmModel,
  type DeepFmOptions,
  type DeepFmScorer,
  fitDeepFm,
  openDeepFm,
} from './clicks/deepfm.model.js';
export { type FactorizationModel } from './clicks/factorization.kernel.js';
export {
  clickProbabilities,
  fitFm,
  fitLogisticRegression,
  type FmOptions,
  type LogisticRegressionOptions,
  meanMachine,
} from './clicks/factorization.model.js';
