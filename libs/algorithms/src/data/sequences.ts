/** What users did, in order: user u has `items[offsets[u]]` to `items[offsets[u + 1] - 1]`, oldest first. */
export interface Sequences {
  /** One more than there are users, from 0. */
  readonly offsets: Int32Array;
  /** Rows of items, 0..itemCount-1. */
  readonly items: Int32Array;
  readonly itemCount: number;
  /** When each was, ms since 1970, ascending within a user: what is of one moment is one basket. */
  readonly times?: Float64Array;
}

/** Sequences that say when. */
export type TimedSequences = Sequences & Required<Pick<Sequences, 'times'>>;

/** What one person did before a moment, oldest first: what a model is asked with. Rows outside the model are skipped. */
export interface ItemHistory {
  readonly rows: ArrayLike<number>;
  /** How much each counts, > 0. Default 1 each. */
  readonly weights?: ArrayLike<number>;
}

/** Sequences of lists. Throws RangeError for a row that is not 0..itemCount-1. */
export function sequencesOf(lists: readonly ArrayLike<number>[], itemCount: number): Sequences {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, u) => (offsets[u + 1] = offsets[u]! + list.length));
  const items = new Int32Array(offsets[lists.length]!);
  lists.forEach((list, u) => {
    for (let k = 0; k < list.length; k++) {
      const row = list[k]!;
      if (!(row >= 0 && row < itemCount)) throw new RangeError(`item ${row} of user ${u} is not below ${itemCount}`);
      items[offsets[u]! + k] = row;
    }
  });
  return { offsets, items, itemCount };
}

/** Items of user `u`, oldest first; a view. */
export function sequenceOf({ offsets, items }: Sequences, u: number): Int32Array {
  return items.subarray(offsets[u], offsets[u + 1]);
}

/** How many users there are. */
export const userCount = ({ offsets }: Sequences): number => offsets.length - 1;
