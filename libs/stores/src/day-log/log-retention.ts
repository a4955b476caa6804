/** How long records are kept: whatever is reached first, the oldest go. */
export interface LogRetention {
  /** Days, today included; default 30. */
  readonly days?: number;
  /** Bytes on disk; default 512 MiB of slates, 128 MiB of calls of language models. */
  readonly bytes?: number;
}

export const SLATES_KEPT: Required<LogRetention> = { days: 30, bytes: 512 * 1024 * 1024 };
export const LLM_CALLS_KEPT: Required<LogRetention> = { days: 30, bytes: 128 * 1024 * 1024 };

/** Name of the day of a moment, epoch milliseconds, in UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
