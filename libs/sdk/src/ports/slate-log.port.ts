import type { JsonValue } from '../data/json.js';

/** One slate as it was shown. */
export interface LoggedSlate {
  readonly slateId: string;
  /** ISO time: the clock the slate was served with. */
  readonly at: string;
  readonly surface: string;
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
  /** The request as it was sent, defaults filled in: what a replay asks again. */
  readonly request: Readonly<Record<string, JsonValue>>;
  /** Digest of the pipeline that made it. */
  readonly digest: string;
  /** Ids shown, in order. */
  readonly items: readonly string[];
  /** Score of each item shown. */
  readonly scores: readonly number[];
  /** Probability that the pipeline showed each item at its place, 0..1; 1 where nothing was left to chance. */
  readonly propensities: readonly number[];
  /** Candidates that passed every filter. */
  readonly total: number;
  /** Some of those that were not shown, drawn with equal probability, with their scores. */
  readonly sampled: readonly { readonly id: string; readonly score: number }[];
  readonly degraded: readonly string[];
}

/** What was shown to whom. Kept for a bounded time, and never in the way of a request. */
export interface SlateLog {
  /** Takes a slate to be written soon, at most a second later; drops it, counted, where the disk cannot keep up. */
  record(slate: LoggedSlate): void;
  /** Undefined where it was never logged, or is older than the retention. */
  get(slateId: string): Promise<LoggedSlate | undefined>;
  /** Slates in order of time, in pages; what was recorded before the call is among them. */
  scan(): AsyncIterable<readonly LoggedSlate[]>;
  /** The newest slates first. */
  recent(limit: number, surface?: string): Promise<readonly LoggedSlate[]>;
  /** Removes every slate of these people from disk; how many there were. */
  erase(who: { readonly userIds: readonly string[]; readonly anonymousIds: readonly string[] }): Promise<number>;
  /**
   * Told, some seconds later, of the slates that other processes record from now on, once each; a slate of just before the
   * call may be among them. Returns what ends it.
   */
  onRecord(listener: (slate: LoggedSlate) => void): () => void;
  /** Resolves when everything recorded is on disk. */
  flush(): Promise<void>;
  /** Slates kept, slates dropped since the start, bytes on disk. */
  stats(): Promise<{ readonly slates: number; readonly dropped: number; readonly sizeBytes: number }>;
}
