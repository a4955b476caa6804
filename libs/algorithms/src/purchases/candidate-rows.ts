import { topK } from '@attune/numeric';
import type { AskedColumns, ColumnGroup } from './column-group.js';
import { ownItemsOf } from './own-items.js';
import type { Shopper } from './purchase-log.js';

/** Candidates of one person with their columns. */
export interface CandidateRows {
  /** Rows of items: [candidates]. */
  readonly items: Int32Array;
  /** [candidates x columns], row by row. */
  readonly features: Float32Array;
}

/** Names of the columns of groups, in order. */
export const columnNames = (groups: readonly ColumnGroup[]): readonly string[] => groups.flatMap(({ names }) => names);

/**
 * Everything that any group proposes, each once, with what all groups say of it.
 * @param repeats whether what the person bought before is among them
 */
export function candidateRows(groups: readonly ColumnGroup[], shopper: Shopper, repeats: boolean): CandidateRows {
  const own = ownItemsOf(shopper);
  const asked = groups.map((group) => group.ask(shopper, own));
  const items = proposed(asked).filter((item) => repeats || !own.byRow.has(item));
  const columns = columnNames(groups).length;
  const features = new Float32Array(items.length * columns);
  items.forEach((item, c) => {
    let from = c * columns;
    asked.forEach((group, g) => {
      group.write(item, features, from);
      from += groups[g]!.names.length;
    });
  });
  return { items, features };
}

function proposed(asked: readonly AskedColumns[]): Int32Array {
  const items = new Set<number>();
  for (const { proposals } of asked)
    for (const { scores, most } of proposals)
      for (const item of topK(scores, most)) if (scores[item]! > 0) items.add(item);
  return Int32Array.from(items);
}
