import type { JsonValue } from '../data/json.js';
import type { User } from '../data/user.schema.js';

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
}

/** What a trainer hands over: named arrays, named id lists, and a summary of how good it is. */
export interface ArtifactDraft {
  readonly meta: Readonly<Record<string, JsonValue>>;
  readonly arrays: Readonly<Record<string, TypedArray>>;
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** The artifact's own gate: below `minimum` (or not a number) it is refused and the previous one stays. */
  readonly evaluation?: { readonly metric: string; readonly value: number; readonly minimum: number };
}
