import { rowsOf, type Vocabulary } from './vocabulary.js';

/**
 * Interactions in columns, oldest first; an event on several items takes one entry an item, all with the event's time.
 * Arrays are shared between plugins: read only.
 */
export interface EventColumns {
  readonly size: number;
  /** Item of each entry `[size]`; the empty string where an event names no item. */
  readonly items: readonly string[];
  /** Event type of each entry `[size]`: `view`, `purchase`, … */
  readonly types: readonly string[];
  /** Time of each entry `[size]`, epoch milliseconds, ascending. */
  readonly at: Float64Array;
  /** Value of each entry `[size]` (rating, amount); NaN where the event has none. */
  readonly values: Float32Array;
  /** Row of each entry's item in a model's vocabulary `[size]`, −1 = cold; looked up once and shared. */
  rows(vocabulary: Vocabulary): Int32Array;
}

/** Builds event columns; `at` must be ascending and all columns of equal length. */
export function eventColumns(columns: {
  readonly items: readonly string[];
  readonly types: readonly string[];
  readonly at: Float64Array;
  readonly values?: Float32Array;
}): EventColumns {
  // Weak: a model that was replaced takes its vocabulary, and these rows, with it.
  const memo = new WeakMap<Vocabulary, Int32Array>();
  const size = columns.items.length;
  return {
    ...columns,
    size,
    values: columns.values ?? new Float32Array(size).fill(NaN),
    rows(vocabulary) {
      let rows = memo.get(vocabulary);
      if (rows === undefined) memo.set(vocabulary, (rows = rowsOf(vocabulary, columns.items)));
      return rows;
    },
  };
}

/** No interactions: a cold user. */
export const NO_EVENTS: EventColumns = eventColumns({ items: [], types: [], at: new Float64Array(0) });
