import type { JsonValue } from '../data/json.js';
import type { VectorBlock } from '../blocks/candidates.js';
import type { Item } from '../data/item.schema.js';
import type { User } from '../data/user.schema.js';
import type { Exposures } from './exposures.js';

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint32Array | Int8Array | Uint8Array;

/** The event log in columns `[size]`, sorted by time; only users who consented, only events with an item. */
export interface TrainingData {
  readonly size: number;
  /** Row of `userIds`. */
  readonly users: Int32Array;
  /** Row of `itemIds`. */
  readonly items: Int32Array;
  /** Row of `typeNames`. */
  readonly types: Uint8Array;
  /** Epoch milliseconds, ascending. */
  readonly at: Float64Array;
  /** NaN where the event has none. */
  readonly values: Float32Array;
  readonly userIds: readonly string[];
  /** What was said of each user `[userIds]`, undefined where nothing was; absent where nobody was described. */
  readonly userAttributes?: readonly (User['attributes'] | undefined)[];
  readonly itemIds: readonly string[];
  readonly typeNames: readonly string[];
  /** By space, of those that the trainer declares: aligned with `itemIds`, a row of NaN where an item has no vector. */
  readonly itemVectors?: Readonly<Record<string, VectorBlock>>;
  /** Of items, those of their members that the trainer asked for `[itemIds]`; undefined where the catalogue has none. */
  readonly itemAttributes?: readonly (Partial<Item> | undefined)[];
  /** What slates showed, where the trainer asked for it; absent where no slates are logged. */
  readonly exposures?: Exposures;
  /** Of the surface that the trainer is configured with; absent where it has none. */
  readonly candidates?: JudgedCandidates;
}

/** What a trainer learns from beside the log of events; nothing else is gathered for it. */
export interface LearnsFrom {
  /** What slates showed, with these keys of the context of their requests; `most`: rows, the newest. Default 2 million. */
  readonly exposures?: { readonly context: readonly string[]; readonly most?: number };
  /** What the catalogue says of items at these paths: `brand`, `categories`, `attributes.color`, … */
  readonly itemAttributes?: readonly string[];
}

/**
 * What a surface's pipeline proposed as of just before past purchases, and what was bought: rankers learn from it. The models
 * behind the columns had not seen these purchases; a model that may have has no opinion.
 */
export interface JudgedCandidates {
  /** Distinct names of the columns. */
  readonly columns: readonly string[];
  /** [rows x columns], row by row; NaN: abstained. */
  readonly features: Float32Array;
  /** 1 for what was bought, 0 for the rest: [rows]. */
  readonly grades: Float32Array;
  /** Request g has rows `groups[g]` to `groups[g + 1] - 1`: [requests + 1]. */
  readonly groups: Int32Array;
  /** Who asked: requests of one person have one number. [requests] */
  readonly owners: Int32Array;
  /** What the pipeline's ranker made of each while it had no learned model: [rows]. */
  readonly scores: Float64Array;
}

/** What a trainer hands over: named arrays, named id lists, and a summary of how good it is. */
export interface ArtifactDraft {
  readonly meta: Readonly<Record<string, JsonValue>>;
  readonly arrays: Readonly<Record<string, TypedArray>>;
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** The artifact's own gate: below `minimum` (or not a number) it is refused and the previous one stays. */
  readonly evaluation?: { readonly metric: string; readonly value: number; readonly minimum: number };
}
