import type { z } from 'zod';
import type { Batch } from '../operations/batch.js';
import { NdjsonBody } from './ndjson.js';
import type { SentRow } from './sent-row.js';

/** The rows of a request, whichever way they came. */
export interface SentRows {
  readonly rows: AsyncIterable<SentRow> | Iterable<SentRow>;
  /** Whether they are stored as they come, a chunk at a time; else all at once. */
  readonly streamed: boolean;
}

/** Throws InvalidRequest, TOO_MANY_ROWS for an envelope of JSON that does not fit. */
export function rowsIn(body: unknown, batch: Batch<z.ZodType>): SentRows {
  if (body instanceof NdjsonBody) return { rows: body.rows(), streamed: true };
  return { rows: batch.rows(body), streamed: false };
}
