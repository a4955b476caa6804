import { type Csr } from './csr.matrix.js';
import { allocateSquare } from './spd.inverse.js';
import { reportStep, type Watch } from './watch.js';

/** Rows of the result between two reports. */
const STEP = 256;

/**
 * X^T X of a sparse X [users x items] as a dense symmetric f32 matrix [items x items] from `allocateSquare`. Each entry
 * is summed in f64 and rounded once: counts of a binary X are exact up to 2^24. Steps reported: items.
 * Throws StoppedError.
 */
export function gram(matrix: Csr, watch: Watch = {}): Float32Array {
  const n = matrix.cols;
  const result = allocateSquare(n);
  const byItem = matrix.transpose();
  const sums = new Float64Array(n);
  for (let item = 0; item < n; item++) {
    if (item % STEP === 0) reportStep(watch, item, n);
    addUsers(matrix, byItem.row(item), item, sums);
    for (let other = 0; other <= item; other++) {
      result[item * n + other] = result[other * n + item] = sums[other]!;
      sums[other] = 0;
    }
  }
  reportStep(watch, n, n);
  return result;
}

/** sums[j] += w_ui w_uj for j <= item over the users u of the item; rows ascend, so each stops at the item. */
function addUsers(matrix: Csr, users: ReturnType<Csr['row']>, item: number, sums: Float64Array): void {
  const { indptr, indices, values } = matrix;
  for (let u = 0; u < users.indices.length; u++) {
    const user = users.indices[u]!;
    const weight = users.values[u]!;
    for (let i = indptr[user]!; indices[i]! < item; i++) sums[indices[i]!]! += weight * values[i]!;
    sums[item]! += weight * weight;
  }
}
