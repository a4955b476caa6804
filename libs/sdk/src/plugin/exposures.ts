/** What can come of an item that was shown, as bits of `Exposures.deeds`: the larger, the more it says. */
export const DEED = { click: 1, cart: 2, purchase: 4 } as const;

/**
 * What slates showed to people who consented, in columns, sorted by time: slate s showed rows `offsets[s]` to
 * `offsets[s + 1] - 1`. Where `impression` events say what was seen, only that is there.
 */
export interface Exposures {
  /** `[slates + 1]`, ascending, from 0. */
  readonly offsets: Int32Array;
  /** Who: row of the data's `userIds`, which have people without events, too; −1 where nobody was known. `[slates]` */
  readonly users: Int32Array;
  /** When it was served: epoch milliseconds, ascending. `[slates]` */
  readonly at: Float64Array;
  /** Row of `surfaceNames`. `[slates]` */
  readonly surfaces: Int32Array;
  readonly surfaceNames: readonly string[];
  /** By key of those that the trainer asked for: what the request's context said, as text; '' where nothing. `[slates]` */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** What: row of the data's `itemIds`, which have items without events, too. `[rows]` */
  readonly items: Int32Array;
  /** Place from 0, over all pages. `[rows]` */
  readonly positions: Int32Array;
  /** What came of it within 7 days: bits of `DEED`; 0: nothing. `[rows]` */
  readonly deeds: Uint8Array;
}
