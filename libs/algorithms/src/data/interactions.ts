import { Csr } from '@attune/numeric';

/** What users did with items, in columns of equal length; rows are numbers into the id lists. */
export interface Interactions {
  /** Index into `userIds`. */
  users: Int32Array;
  /** Index into `itemIds`. */
  items: Int32Array;
  /** Milliseconds since 1970. */
  at: Float64Array;
  /** Strength of the interaction, such as a quantity; any finite number. */
  weights: Float32Array;
  userIds: string[];
  itemIds: string[];
}

/**
 * The binary matrix [users x items] of distinct pairs with a positive weight: 1 where the user has the item.
 * Throws RangeError for columns that differ in length or rows outside the id lists.
 */
export function binaryMatrix(interactions: Interactions): Csr {
  const { users, items, weights, userIds, itemIds } = interactions;
  if (weights.length !== users.length || items.length !== users.length)
    throw new RangeError(
      `columns differ in length: ${users.length} users, ${items.length} items, ${weights.length} weights`,
    );
  const kept = Array.from(users.keys()).filter((i) => weights[i]! > 0);
  const triplets = { rows: kept.map((i) => users[i]!), cols: kept.map((i) => items[i]!) };
  const counts = Csr.fromTriplets(triplets, userIds.length, itemIds.length);
  const ones = new Float32Array(counts.entries).fill(1);
  return Csr.fromArrays(counts, { indptr: counts.indptr, indices: counts.indices, values: ones });
}
