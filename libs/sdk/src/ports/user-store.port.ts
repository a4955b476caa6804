import type { User } from '../data/user.schema.js';

/** Users as far as they were described: attributes and consent. */
export interface UserStore {
  /** Durable when it resolves, and in force for the very next slate; the same id twice: the last wins. */
  upsert(users: readonly User[]): Promise<void>;
  /** The users `[ids]`, undefined where nothing was said about one. Every request asks. */
  get(ids: readonly string[]): Promise<readonly (User | undefined)[]>;
  /** Users who do not consent to profiling. */
  withoutConsent(): Promise<ReadonlySet<string>>;
  /** How many of the ids were there; nothing of them is left on disk. */
  delete(ids: readonly string[]): Promise<number>;
  /** Number of described users. */
  size(): Promise<number>;
}
