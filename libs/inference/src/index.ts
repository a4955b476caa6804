export { openTextEncoderLazily } from './lazy-text-encoder.js';
export { ModelFolderError } from './model-folder.js';
export { textModelSchema, type TextModelSpec } from './model-folder.schema.js';
export { type OnnxFile, type OnnxValue, readOnnxFile } from './onnx-file.js';
export { onnxGraphRuntime, type OnnxGraphOptions } from './onnx-graph-runtime.js';
export { openPairEncoder, type OnnxPairEncoder, type PairEncoderOptions } from './onnx-pair-encoder.js';
export { openTextEncoder, type TextEncoderOptions } from './onnx-text-encoder.js';
export type { OnnxTextEncoder, TextEncoderInfo, TextRole } from './text-encoder.js';
export { openBulkEncoder, type BulkEmbedOptions, type BulkEncoder, type BulkEncoderOptions } from './bulk-encoder.js';
export { LlmDesk, type LlmDeskParts, type TenantAtDesk, type TenantLlm } from './llm/desk/llm-desk.js';
export { type LlmBudget, type LlmLimits, type LlmPrices } from './llm/desk/llm-limits.js';
export { type LlmObserver, type LlmRecord } from './llm/desk/llm-record.js';
export { openGgufModel, type GgufModelOptions } from './llm/gguf/gguf-model.js';
export {
  ModelError,
  type LanguageModel,
  type ModelAnswer,
  type ModelAsk,
  type ModelLikelihoods,
  type ModelPiece,
  type ModelRelevance,
  type RelevanceModel,
  type TokenUsage,
} from './llm/language-model.js';
export { type Pacing } from './llm/openai/backoff.js';
export { openOpenAiModel, type OpenAiModel, type OpenAiModelOptions } from './llm/openai/openai.model.js';
export { type ModelEmbeddings } from './llm/openai/vectors.js';
