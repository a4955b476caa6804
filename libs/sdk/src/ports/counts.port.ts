import type { Vocabulary } from '../blocks/vocabulary.js';

export interface CountsQuery {
  /** Event types counted, for example `['purchase']`. */
  readonly types: readonly string[];
  /** Exclusive start and inclusive end of the window, epoch milliseconds: `from < at ≤ to`. `-Infinity` = from the beginning. */
  readonly from: number;
  readonly to: number;
}

/** How often each item occurs in a window; an event on several items counts once for each. */
export interface ItemCounts {
  /** Occurrences in the window, over all items. */
  readonly total: number;
  readonly vocabulary: Vocabulary;
  /** Count of each row of `vocabulary`, a snapshot: read only. */
  readonly byRow: Int32Array;
}

/** Item counts as of any moment, exact. */
export interface CountsPort {
  window(query: CountsQuery): Promise<ItemCounts>;
}
