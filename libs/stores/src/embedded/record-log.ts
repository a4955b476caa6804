/** What a store needs of its log; `DurableLog` is one. */
export interface RecordLog {
  /** Resolves when the records are on disk. */
  append(records: readonly object[]): Promise<void>;
  /** Replaces all records, all or nothing. */
  rewrite(records: Iterable<object>): Promise<void>;
  close(): Promise<void>;
}

/** Opens a log and hands each stored record, oldest first, to `onRecord`. */
export type OpenLog = (onRecord: (record: unknown) => void) => Promise<RecordLog>;
