/**
 * Dot product of `dims` numbers of `a` from `aOffset` and of `b` from `bOffset`, accumulated in f64 by four sums.
 * Offsets are in elements; reading past the end gives NaN.
 */
// eslint-disable-next-line max-params -- an inner loop's call: no object is made for it
export function dot(a: Float32Array, aOffset: number, b: Float32Array, bOffset: number, dims: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < dims; i += 4) {
    const p = aOffset + i;
    const q = bOffset + i;
    s0 += a[p]! * b[q]!;
    s1 += a[p + 1]! * b[q + 1]!;
    s2 += a[p + 2]! * b[q + 2]!;
    s3 += a[p + 3]! * b[q + 3]!;
  }
  for (; i < dims; i++) s0 += a[aOffset + i]! * b[bOffset + i]!;
  return s0 + s1 + (s2 + s3);
}

/**
 * Scales each row of `data` [rows x dims] to Euclidean norm 1, in place; rows of zeros stay zero.
 * Throws RangeError when `data` is not whole rows.
 */
export function normalizeRows(data: Float32Array, dims: number): void {
  if (!Number.isInteger(dims) || dims < 1 || data.length % dims !== 0)
    throw new RangeError(`${data.length} numbers are not whole rows of ${dims} dims`);
  for (let start = 0; start < data.length; start += dims) {
    const squares = dot(data, start, data, start, dims);
    if (squares === 0) continue;
    const scale = 1 / Math.sqrt(squares);
    for (let i = start; i < start + dims; i++) data[i]! *= scale;
  }
}

/** y[i] += alpha * x[xOffset + i] for i < n. */
// eslint-disable-next-line max-params -- an inner loop's call: no object is made for it
export function axpy(
  y: Float32Array | Float64Array,
  x: Float32Array | Float64Array,
  xOffset: number,
  alpha: number,
  n: number,
): void {
  for (let i = 0; i < n; i++) y[i]! += alpha * x[xOffset + i]!;
}
