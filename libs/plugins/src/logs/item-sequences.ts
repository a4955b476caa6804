import type { Sequences } from '@attune/algorithms';
import type { TrainingData } from '@attune/sdk';
import { learnable, type LearnableItems } from './interaction-matrix.js';
import { usersOf, type Owners } from './owners.js';

export interface ItemSequences extends Pick<LearnableItems, 'itemIds'> {
  /** Of each owner, in the order of the log. */
  readonly sequences: Sequences;
}

/** What came after what, by events of the given types: a sequence a user, or what `owners` says. Throws as `learnable`. */
export function itemSequences(
  data: TrainingData,
  types: readonly string[],
  owners: Owners = usersOf(data),
): ItemSequences {
  const { kept, columns, itemIds } = learnable(data, types, owners);
  const offsets = new Int32Array(owners.count + 1);
  for (const e of kept) offsets[owners.rows[e]! + 1]! += 1;
  for (let owner = 0; owner < owners.count; owner++) offsets[owner + 1]! += offsets[owner]!;
  const next = offsets.slice();
  const items = new Int32Array(kept.length);
  for (const e of kept) items[next[owners.rows[e]!]!++] = columns[data.items[e]!]!;
  return { sequences: { offsets, items, itemCount: itemIds.length }, itemIds };
}
