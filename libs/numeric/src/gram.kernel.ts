import { type Csr } from './csr.matrix.js';
import { openRowSumming } from './row-sums.kernel.js';
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
  const { sums, add } = openRowSumming(matrix);
  for (let item = 0; item < n; item++) {
    if (item % STEP === 0) reportStep(watch, item, n);
    const users = byItem.row(item);
    add(users.indices, users.values, item);
    for (let other = 0; other <= item; other++) {
      result[item * n + other] = result[other * n + item] = sums[other]!;
      sums[other] = 0;
    }
  }
  reportStep(watch, n, n);
  return result;
}
