import { type Csr } from '@attune/numeric';
import { type ItemHistory } from '../data/sequences.js';

/**
 * Interest in every item as the weighted sum of the rows of the history's items: the fold-in of models that say for
 * each item what it speaks for. Costs only the entries of those rows.
 * @param rows [items × items]
 * @returns [items], 0 for items that no row speaks for
 */
export function rowSums(rows: Csr, history: ItemHistory): Float32Array {
  const { indptr, indices, values } = rows;
  const interests = new Float32Array(rows.cols);
  for (let h = 0; h < history.rows.length; h++) {
    const row = history.rows[h]!;
    if (!(row >= 0 && row < rows.rows)) continue;
    const weight = history.weights === undefined ? 1 : (history.weights[h] ?? 0);
    const end = indptr[row + 1]!;
    for (let at = indptr[row]!; at < end; at++) interests[indices[at]!]! += weight * values[at]!;
  }
  return interests;
}
