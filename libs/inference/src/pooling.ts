export type Pooling = 'mean' | 'cls';

/** Writes one vector into `out` (length dims) from token rows [tokens × dims]. */
export function pool(rows: Float32Array, pooling: Pooling, out: Float32Array): void {
  const dims = out.length;
  if (pooling === 'cls') {
    out.set(rows.subarray(0, dims));
    return;
  }
  out.fill(0);
  for (let at = 0; at < rows.length; at += dims) {
    for (let d = 0; d < dims; d++) out[d] = (out[d] ?? 0) + (rows[at + d] ?? 0);
  }
  const tokens = rows.length / dims;
  for (let d = 0; d < dims; d++) out[d] = (out[d] ?? 0) / tokens;
}

/** Scales a vector to length 1 in place. Throws when it is zero or not finite: no direction can be made up for it. */
export function scaleToUnit(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (!(length > 0 && length < Infinity))
    throw new Error('the model gave a vector without direction (zero or not finite)');
  for (let d = 0; d < vector.length; d++) vector[d] = (vector[d] ?? 0) / length;
}
