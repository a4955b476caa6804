import { AttuneError, ERROR_TABLE, type ErrorCode } from '@attune/sdk';
import { z } from 'zod';
import { parsed } from '../problems/invalid-request.js';
import type { SentRow } from '../rows/sent-row.js';

/** Rows one request may carry as JSON. */
export const MAX_ROWS = 10_000;
/** Refused rows that a receipt names. */
export const MAX_REJECTED = 1_000;

const codes = Object.keys(ERROR_TABLE) as [ErrorCode, ...ErrorCode[]];

export const rejectedSchema = z
  .strictObject({
    index: z.int().describe('Place of the row in the request, from 0; of NDJSON the line, blank ones counted.'),
    id: z.string().optional(),
    code: z.enum(codes),
    message: z.string(),
    pointer: z.string().describe('JSON pointer into the request body; of NDJSON, lines are its members.'),
  })
  .meta({ id: 'RejectedRow' });
export type RejectedRow = z.output<typeof rejectedSchema>;

/** What every receipt of rows says of those that were refused. */
export const refusedShape = {
  rejected: z.array(rejectedSchema).max(MAX_REJECTED).describe('The first 1,000 rows that were refused.'),
  rejectedCount: z.int().describe('Rows that were refused, all of them.'),
} as const;

/** A body `{[key]: rows}` whose rows are checked one by one: a bad row does not cost the others. */
export interface Batch<S extends z.ZodType> {
  readonly row: S;
  /** The body as it is documented. */
  readonly schema: z.ZodType;
  /**
   * The rows of a body, not checked yet.
   * @throws InvalidRequest for the envelope; AttuneError TOO_MANY_ROWS
   */
  rows(body: unknown): readonly SentRow[];
}

export function batchOf<S extends z.ZodType>(key: string, row: S): Batch<S> {
  const envelope = z.strictObject({ [key]: z.array(z.unknown()) });
  return {
    row,
    schema: z.strictObject({ [key]: z.array(row).max(MAX_ROWS) }),
    rows(body) {
      const rows = parsed(envelope, body)[key]!;
      if (rows.length > MAX_ROWS) {
        const detail = `${rows.length} rows; a request takes ${MAX_ROWS}: send several, or a stream of application/x-ndjson`;
        throw new AttuneError('TOO_MANY_ROWS', detail, { pointer: `/${key}` });
      }
      return rows.map((value, index) => ({ index, pointer: `/${key}/${index}`, bytes: 0, value }));
    },
  };
}
