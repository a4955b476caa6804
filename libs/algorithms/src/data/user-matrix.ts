import { Csr } from '@attune/numeric';
import { type Sequences, userCount } from './sequences.js';

/** The binary matrix [users × items] of who has what. */
export function userMatrix(log: Sequences): Csr {
  const users = userCount(log);
  const rows = new Int32Array(log.items.length);
  for (let u = 0; u < users; u++) rows.fill(u, log.offsets[u], log.offsets[u + 1]);
  const counts = Csr.fromTriplets({ rows, cols: log.items }, users, log.itemCount);
  const ones = new Float32Array(counts.entries).fill(1);
  return Csr.fromArrays(counts, { indptr: counts.indptr, indices: counts.indices, values: ones });
}
