import type { ErrorCode } from '@attune/sdk';

/** Why one row is refused. */
export interface RowFault {
  readonly code: ErrorCode;
  readonly message: string;
  /** Where in the row; empty for the row itself. */
  readonly pointer: string;
}

/** One row of a request, not checked yet. */
export interface SentRow {
  /** From 0. */
  readonly index: number;
  /** JSON pointer of the row. */
  readonly pointer: string;
  /** Size of its text; 0 where the whole body is in memory anyway. */
  readonly bytes: number;
  readonly value?: unknown;
  /** Set where there is no value: the row could not even be read. */
  readonly fault?: RowFault;
}
