export {
  type Artifact,
  type ArtifactArray,
  artifactDigest,
  decodeArtifact,
  encodeArtifact,
  type Json,
} from './artifact.codec.js';
export { EASE_MAX_ITEMS, easeInterests, type EaseOptions, fitEase } from './ease.model.js';
export { fitIals, ialsInterests, type IalsModel, type IalsOptions, type IalsPenalty } from './ials.model.js';
export { binaryMatrix, type Interactions } from './interactions.js';
export { fitItemKnn, itemKnnInterests, type ItemKnnOptions } from './item-knn.model.js';
