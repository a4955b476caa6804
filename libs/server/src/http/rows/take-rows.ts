import type { z } from 'zod';
import { MAX_REJECTED, type RejectedRow } from '../operations/batch.js';
import { issuesOf } from '../problems/issues.js';
import { IntakeGate } from './intake-gate.js';
import type { RowFault, SentRow } from './sent-row.js';
import type { SentRows } from './sent-rows.js';

/** Rows of a stream that are stored together: what a crash can cost is at most that many. */
const CHUNK_ROWS = 1_000;
/** Bytes of rows that wait to be stored together. */
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Rows that all requests together may be storing: beyond it senders wait or come again. */
const MOST_ROWS = 20_000;
/** Rows checked before other requests get a turn. */
const ROWS_A_TURN = 500;

const gate = new IntakeGate(MOST_ROWS);

export interface Intake<S extends z.ZodType> {
  readonly row: S;
  /** Why a row that fits its schema is refused nevertheless. */
  readonly also?: (row: z.output<S>) => RowFault | undefined;
  /** Makes good rows durable. Not called with none, and never twice at a time. */
  store(rows: readonly z.output<S>[]): Promise<void>;
}

/** Rows that were refused: the first 1,000, and how many in all. */
export interface Refused {
  readonly rejected: RejectedRow[];
  readonly rejectedCount: number;
}

/**
 * Checks row after row and stores the good ones. What a stream brought before it broke off stays stored.
 *
 * @throws AttuneError `TOO_BUSY` before anything is stored; a stream that was let in is read more slowly instead.
 */
export async function takeRows<S extends z.ZodType>({ rows, streamed }: SentRows, intake: Intake<S>): Promise<Refused> {
  const rejected: RejectedRow[] = [];
  let rejectedCount = 0;
  let seen = 0;
  let good: z.output<S>[] = [];
  let bytes = 0;
  let isLetIn = false;
  const flush = async (): Promise<void> => {
    const batch = good;
    if (batch.length > 0) await gate.pass(batch.length, isLetIn, () => intake.store(batch));
    isLetIn ||= batch.length > 0;
    good = [];
    bytes = 0;
  };
  for await (const sent of rows) {
    if (++seen % ROWS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    const checked = checkedRow(sent, intake);
    if ('fault' in checked) {
      if (++rejectedCount <= MAX_REJECTED) rejected.push(rejectedRow(sent, checked.fault));
      continue;
    }
    good.push(checked.row);
    bytes += sent.bytes;
    if (streamed && (good.length >= CHUNK_ROWS || bytes >= CHUNK_BYTES)) await flush();
  }
  await flush();
  return { rejected, rejectedCount };
}

function checkedRow<S extends z.ZodType>(
  sent: SentRow,
  { row, also }: Intake<S>,
): { readonly row: z.output<S> } | { readonly fault: RowFault } {
  if (sent.fault !== undefined) return { fault: sent.fault };
  const checked = row.safeParse(sent.value);
  if (!checked.success) {
    const [first] = issuesOf(checked.error.issues, 1);
    const { detail: message = 'not valid', pointer = '' } = first ?? {};
    return { fault: { code: 'VALIDATION_FAILED', message, pointer } };
  }
  const fault = also?.(checked.data);
  return fault === undefined ? { row: checked.data } : { fault };
}

function rejectedRow({ index, pointer, value }: SentRow, fault: RowFault): RejectedRow {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  const known = typeof id === 'string' && id.length <= 256 ? { id } : {};
  return { index, ...known, code: fault.code, message: fault.message, pointer: pointer + fault.pointer };
}
