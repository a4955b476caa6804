/** What a store needs of its log; `DurableLog` is one. */
export interface RecordLog {
  /** Resolves when the records are on disk. */
  append(records: readonly object[]): Promise<unknown>;
  /** Replaces all records, all or nothing; `eraseTorn`: what crashes left of unfinished writes goes too. */
  rewrite(records: Iterable<object>, options?: { readonly eraseTorn?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** A log from which single records can be erased, so that no file holds anything of them. */
export interface ErasableLog extends RecordLog {
  /** Puts the JSON text of each record through `revise`, undefined = remove it; all or nothing; torn writes go too. */
  filter(revise: (json: string) => string | undefined): Promise<void>;
  /** JSON texts in order, in batches: those of every call before, as they are when the first batch is asked for. */
  read(): AsyncIterable<{ readonly texts: readonly string[] }>;
  /** Removes what crashes left of unfinished writes. */
  eraseTorn(): Promise<void>;
}

/** Opens a log and hands each stored record, oldest first, to `onRecord`. */
export type OpenLog<Log extends RecordLog = RecordLog> = (onRecord: (record: unknown) => void) => Promise<Log>;
