import { sequenceOf, type Sequences, userCount } from '@attune/algorithms';

/** How many users have each item. */
export function itemCounts(log: Sequences): Float32Array {
  const counts = new Float32Array(log.itemCount);
  for (let u = 0; u < userCount(log); u++) for (const row of new Set(sequenceOf(log, u))) counts[row]! += 1;
  return counts;
}
