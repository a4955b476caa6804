export { openTextEncoderLazily } from './lazy-text-encoder.js';
export { ModelFolderError } from './model-folder.js';
export { textModelSchema, type TextModelSpec } from './model-folder.schema.js';
export { type OnnxFile, type OnnxValue, readOnnxFile } from './onnx-file.js';
export { onnxGraphRuntime, type OnnxGraphOptions } from './onnx-graph-runtime.js';
export { openPairEncoder, type OnnxPairEncoder, type PairEncoderOptions } from './onnx-pair-encoder.js';
export { openTextEncoder, type TextEncoderOptions } from './onnx-text-encoder.js';
export type { OnnxTextEncoder, TextEncoderInfo, TextRole } from './text-encoder.js';
export { openBulkEncoder, type BulkEmbedOptions, type BulkEncoder, type BulkEncoderOptions } from './bulk-encoder.js';
