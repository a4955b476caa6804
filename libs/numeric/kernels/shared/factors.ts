import { column } from './cholesky';
import { tile } from './tile';

// Factors of an implicit factorization are rows of `dims` floats, a multiple of 8, padded with zeros. Matrices are
// packed as matrix[group][k][8]: rows 8 group..8 group + 7, column k.

/** Rows that are packed at once: panels of 128 x dims floats. */
export const DEPTH: i32 = 128;
// One cache line more than DEPTH rows of 32 bytes, so that the groups of a row do not share a cache set. The layout is
// repeated in factor-pair.kernel.ts.
const GROUP_BYTES: usize = 4160;

export let dims: i32 = 0;
export let groups: i32 = 0;
export let bytes: usize = 0; // of a factor
export let gram: usize = 0; // G, the weighted sum of outer products that all rows share
export let totals: usize = 0; // G before it is scaled, f64, groups up to the diagonal
export let matrix: usize = 0;
export let residual: usize = 0; // or the right side of a block of entries
export let direction: usize = 0;
export let image: usize = 0;
export let inverses: usize = 0; // of the pivots
let vectors: usize = 0; // panel of y_k
let scalars: usize = 0; // panel of -v_k y_k

/**
 * `sums`: memory of G, which instances of these kernels may share; `scratch`: memory of this one. Both on multiples of
 * 64 bytes, as much as factor-pair.kernel.ts says.
 */
export function openFactors(padded: i32, sums: usize, scratch: usize): void {
  dims = padded;
  groups = padded >> 3;
  bytes = (<usize>padded) << 2;
  const square = bytes * <usize>padded;
  totals = sums;
  gram = totals + square * 2;
  matrix = scratch;
  vectors = matrix + square;
  scalars = vectors + <usize>groups * GROUP_BYTES;
  residual = scalars + <usize>groups * GROUP_BYTES;
  direction = residual + bytes;
  image = direction + bytes;
  inverses = image + bytes;
}

/** Row `slot` of both panels. */
export function pack(y: usize, slot: i32, value: f32): void {
  const minus = f32x4.splat(-value);
  let at = (<usize>slot) << 5;
  for (let j: usize = 0; j < bytes; j += 32) {
    const low = v128.load(y + j);
    const high = v128.load(y + j, 16);
    v128.store(vectors + at, low);
    v128.store(vectors + at, high, 16);
    v128.store(scalars + at, f32x4.mul(minus, low));
    v128.store(scalars + at, f32x4.mul(minus, high), 16);
    at += GROUP_BYTES;
  }
}

/** matrix += sum of v y y' over the packed rows, up to the diagonal groups. */
export function addPacked(rows: i32): void {
  for (let g = 0; g < groups; g++) {
    const right = vectors + <usize>g * GROUP_BYTES;
    for (let k = 0; k < 8 * g + 8; k += 4) {
      const left = scalars + <usize>(k >> 3) * GROUP_BYTES + ((<usize>(k & 7)) << 2);
      tile(left, 32, right, rows, column(matrix, dims, g, k), 32);
    }
  }
}
