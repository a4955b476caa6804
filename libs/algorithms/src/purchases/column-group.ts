import type { OwnItems } from './own-items.js';
import type { Shopper } from './purchase-log.js';

/** Columns of a candidate that are worked out together. */
export interface ColumnGroup {
  readonly names: readonly string[];
  /** Looks at a person and what they bought once, for all candidates. */
  ask(shopper: Shopper, own: OwnItems): AskedColumns;
}

/** What a group says of items to one person. */
export interface AskedColumns {
  /** Items that are worth asking about: the `most` highest of the scores [items]. */
  readonly proposals: readonly Proposal[];
  /** Writes one number a name; NaN is no opinion. */
  write(item: number, out: Float32Array, from: number): void;
}

export interface Proposal {
  readonly scores: Float32Array;
  readonly most: number;
}
