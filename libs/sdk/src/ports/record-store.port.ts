import type { JsonValue } from '../data/json.js';

/** A record as it is put. */
export interface RecordDraft {
  /** What it is about, an item or a user: an id as of `idSchema`. */
  readonly id: string;
  /** At most 262,144 characters as JSON. */
  readonly value: JsonValue;
  /** What records are listed and counted by: spelled as a kind is. Undefined: in no state. */
  readonly state?: string | undefined;
  /** Whose it is: what erasing finds it by. Undefined where it is nobody's. */
  readonly userId?: string | undefined;
}

/** A record as it is stored. */
export interface KeptRecord extends RecordDraft {
  /** Another text after every change, also of a record that was deleted and put again. */
  readonly version: string;
}

/** A record of a user, and of which kind it is. */
export interface UserRecord extends KeptRecord {
  readonly kind: string;
}

/**
 * Small records that the server keeps for itself, of a few kinds; ids are unique within a kind. A kind is
 * `[a-z][a-z0-9-]{0,31}`. All methods reject with RangeError for a kind, id of a record, state, limit or value that is
 * none, and then change nothing.
 */
export interface RecordStore {
  /** The records `[ids]`, undefined where there is none; has everything written before at once. */
  get(kind: string, ids: readonly string[]): Promise<readonly (KeptRecord | undefined)[]>;
  /**
   * Durable when it resolves; replaces what was there, and the same id twice: the last wins.
   * @throws AttuneError NOT_DURABLE: some may be put; the same call again is safe.
   */
  put(kind: string, records: readonly RecordDraft[]): Promise<void>;
  /**
   * Puts a record only where the stored one has that version still, undefined: only where there is none; whether it was
   * put. Of several at the same time, of any process, one is.
   * @throws AttuneError NOT_DURABLE: what became of it is unknown.
   */
  replace(kind: string, record: RecordDraft, version: string | undefined): Promise<boolean>;
  /**
   * Ascending by id as `<` compares texts (UTF-16), those after the id `after` only; what was written before the call is
   * among them.
   */
  list(
    kind: string,
    options: {
      /** Default: records of every state and of none. */
      readonly state?: string | undefined;
      /** At most so many, 1 … 1,000. */
      readonly limit: number;
      /** Id of the last one before, be it there or not. */
      readonly after?: string | undefined;
    },
  ): Promise<readonly KeptRecord[]>;
  /** How many there are, of a state where one is given; what was written before the call counts. */
  count(kind: string, state?: string): Promise<number>;
  /** How many of the ids were there. What is left of them on disk goes in time. @throws AttuneError NOT_DURABLE */
  delete(kind: string, ids: readonly string[]): Promise<number>;
  /** Everything of a user, by kind and then id. */
  ofUser(userId: string): Promise<readonly UserRecord[]>;
  /**
   * Removes the records of these users, of every kind; how many there were. Nothing of them is left on disk, or goes
   * within minutes. @throws AttuneError NOT_DURABLE
   */
  erase(userIds: readonly string[]): Promise<number>;
}
