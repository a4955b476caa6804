import { column } from './shared/cholesky';
import { addPacked, bytes, DEPTH, dims, gram, groups, matrix, pack, totals } from './shared/factors';

// G, the weighted sum of the outer products of one side's factors: see shared/factors.ts for how they lie.

export { openFactors } from './shared/factors';

/** Where G lies, packed. */
export function gramAt(): usize {
  return gram;
}

export function clearGram(): void {
  memory.fill(totals, 0, bytes * <usize>dims * 2);
}

/** Adds the outer products of `count` rows to G, which `closeGram` completes. */
export function addToGram(rows: usize, count: i32): void {
  for (let row = 0; row < count; row += DEPTH) {
    const depth = min(count - row, DEPTH);
    for (let slot = 0; slot < depth; slot++) pack(rows + <usize>(row + slot) * bytes, slot, 1);
    memory.fill(matrix, 0, bytes * <usize>dims);
    addPacked(depth);
    for (let g = 0; g < groups; g++) {
      // The sums of many rows are kept in f64.
      let to = totals + ((<usize>(g * dims)) << 6);
      const end = column(matrix, dims, g, 8 * g + 8);
      for (let from = column(matrix, dims, g, 0); from < end; from += 8, to += 16)
        v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(v128.load64_zero(from))));
    }
  }
}

/** G = scale * the sums, both triangles. */
export function closeGram(scale: f64): void {
  for (let i = 0; i < dims; i++)
    for (let k = 0; k <= i; k++) {
      const at = column(0, dims, i >> 3, k) + ((<usize>(i & 7)) << 2);
      const value = <f32>(scale * load<f64>(totals + at * 2));
      store<f32>(gram + at, value);
      store<f32>(column(gram, dims, k >> 3, i) + ((<usize>(k & 7)) << 2), value);
    }
}
