// Rows of vectors live in blocks of BLOCK_ROWS:
//   scale f64[256] | error f64[256] | norm f64[256] | the same three as f32[256] | alive u8[256] |
//   codes i8[256 x padded] | vectors f32[256 x padded]
// Codes of four neighboring rows are interleaved by 16 dims, one cache line a step, so that the scan reads one stream.
// A row x is scale * codes + e with |e| = error. knn.rows.kernel.ts repeats BLOCK_ROWS and the bytes before the codes.

export const BLOCK_ROWS: i32 = 256;
export const ERROR_AT: usize = 2048;
export const NORM_AT: usize = 4096;
export const SCALE32_AT: usize = 6144;
export const ERROR32_AT: usize = 7168;
export const NORM32_AT: usize = 8192;
export const ALIVE_AT: usize = 9216;
const CODES_AT: usize = 9472;
// Norms within which f32 serves: the coarse test of knn.ts leaves other rows to f64.
export const LEAST_NORM: f64 = 1e-15;
export const MOST_NORM: f64 = 1e15;

let blocks: usize = 0;
let blockBytes: usize = 0;
export let padded: i32 = 0;

export function openIndex(first: usize, dims: i32): void {
  blocks = first;
  padded = dims;
  blockBytes = CODES_AT + <usize>BLOCK_ROWS * 5 * <usize>dims;
}

export function blockOf(row: i32): usize {
  return blocks + <usize>(row >> 8) * blockBytes;
}

export function vectorAt(row: i32): usize {
  return blockOf(row) + CODES_AT + <usize>BLOCK_ROWS * <usize>padded + <usize>(row & 255) * <usize>padded * 4;
}

/** First 16 codes of the row; the next 16 are 64 bytes on. */
export function codesAt(row: i32): usize {
  const slot = <usize>(row & 255);
  return blockOf(row) + CODES_AT + (slot & ~3) * <usize>padded + ((slot & 3) << 4);
}

/** Euclidean norm of `n` floats, in f64: finite exactly when every float is. */
export function norm(at: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) {
    const x = <f64>load<f32>(at + ((<usize>i) << 2));
    sum += x * x;
  }
  return sqrt(sum);
}

/** Largest absolute value of `n` floats, a multiple of 4. */
export function largest(at: usize, n: i32): f64 {
  let best = f32x4.splat(0);
  for (let i = 0; i < n; i += 4) best = f32x4.max(best, f32x4.abs(v128.load(at + ((<usize>i) << 2))));
  const low = max(f32x4.extract_lane(best, 0), f32x4.extract_lane(best, 1));
  return <f64>max(low, max(f32x4.extract_lane(best, 2), f32x4.extract_lane(best, 3)));
}
