import { AttuneError, ERROR_TABLE, type ErrorCode } from '@attune/sdk';
import { z } from 'zod';
import { issuesOf } from '../problems/issues.js';
import { parsed } from '../problems/invalid-request.js';

/** Rows one request may carry. */
export const MAX_ROWS = 10_000;
/** Rows validated before other requests get a turn. */
const ROWS_A_TURN = 500;

const codes = Object.keys(ERROR_TABLE) as [ErrorCode, ...ErrorCode[]];

export const rejectedSchema = z
  .strictObject({
    index: z.int().describe('Place of the row in the request, from 0.'),
    id: z.string().optional(),
    code: z.enum(codes),
    message: z.string(),
    pointer: z.string().describe('JSON pointer into the request body.'),
  })
  .meta({ id: 'RejectedRow' });
export type RejectedRow = z.output<typeof rejectedSchema>;

/** Why one row that fits its schema is refused nevertheless. */
export interface RowFault {
  readonly code: ErrorCode;
  readonly message: string;
  /** Member of the row at fault. */
  readonly member: string;
}

export interface CheckedRows<T> {
  readonly good: readonly T[];
  readonly rejected: readonly RejectedRow[];
}

/** A body `{[key]: rows}` whose rows are checked one by one: a bad row does not cost the others. */
export interface Batch<S extends z.ZodType> {
  /** The body as it is documented. */
  readonly schema: z.ZodType;
  /**
   * Checks the envelope, then each row, and lets other requests in between.
   * @throws InvalidRequest for the envelope; AttuneError TOO_MANY_ROWS
   */
  check(body: unknown, also: (row: z.output<S>) => RowFault | undefined): Promise<CheckedRows<z.output<S>>>;
}

export function batchOf<S extends z.ZodType>(key: string, row: S): Batch<S> {
  const envelope = z.strictObject({ [key]: z.array(z.unknown()) });
  return {
    schema: z.strictObject({ [key]: z.array(row).max(MAX_ROWS) }),
    async check(body, also) {
      const rows = parsed(envelope, body)[key]!;
      if (rows.length > MAX_ROWS) {
        throw new AttuneError('TOO_MANY_ROWS', `${rows.length} rows; a request takes ${MAX_ROWS}`, {
          pointer: `/${key}`,
        });
      }
      const good: z.output<S>[] = [];
      const rejected: RejectedRow[] = [];
      for (let index = 0; index < rows.length; index++) {
        if (index > 0 && index % ROWS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
        const checked = row.safeParse(rows[index]);
        const fault = checked.success ? also(checked.data) : schemaFault(checked.error.issues);
        if (checked.success && fault === undefined) good.push(checked.data);
        else if (fault !== undefined) rejected.push(rejectedRow(rows[index], `/${key}/${index}`, index, fault));
      }
      return { good, rejected };
    },
  };
}

function schemaFault(issues: readonly z.core.$ZodIssue[]): RowFault & { readonly pointer: string } {
  const [first] = issuesOf(issues, 1);
  return {
    code: 'VALIDATION_FAILED',
    message: first?.detail ?? 'not valid',
    pointer: first?.pointer ?? '',
    member: '',
  };
}

function rejectedRow(
  row: unknown,
  at: string,
  index: number,
  fault: RowFault & { readonly pointer?: string },
): RejectedRow {
  const id: unknown = typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined;
  const known = typeof id === 'string' && id.length <= 256 ? { id } : {};
  const pointer = at + (fault.pointer ?? `/${fault.member}`);
  return { index, ...known, code: fault.code, message: fault.message, pointer };
}
