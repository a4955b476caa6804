/** The time a call has. */
export interface Deadline {
  /** Aborts when the time is over or the caller went away. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  remainingMs(): number;
}

/** One call of a plugin: its tenant, its time and its voice. */
export interface Call {
  readonly tenant: string;
  readonly deadline: Deadline;
  /** Something could not be done as asked: named in the answer's `degraded`, never thrown. */
  degrade(code: string, detail?: string): void;
  /** Something a reader of the trace should know; not a degradation. */
  note(code: string, detail?: string): void;
}
