/** Bytes an ONNX file may have, and the vectors that come beside it. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** Bytes of a whole import: both files in base64, the ids and the examples. */
export const IMPORT_LIMIT_BYTES = 128 * 1024 * 1024;
/** Numbers of a recorded input or output. */
export const MAX_RECORDED = 1_000_000;
