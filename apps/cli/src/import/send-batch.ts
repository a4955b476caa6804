import type { ApiClient } from '../connection/api.client.js';
import type { MappedRow } from './batches.js';
import type { Rejected } from './rejected.file.js';
import type { Target } from './target.js';

/** What became of rows that were sent. */
export interface Sent {
  readonly accepted: number;
  /** Events that were there, items older than what was there. */
  readonly known: number;
  readonly rejected: readonly Rejected[];
  /** The job that embeds items. */
  readonly jobId?: string | undefined;
}

interface Receipt {
  readonly accepted: number;
  readonly duplicates?: number;
  readonly stale?: number;
  readonly rejected: readonly {
    readonly index: number;
    readonly code: string;
    readonly message: string;
    readonly pointer?: string;
  }[];
  readonly jobId?: string;
}

/** Sends rows; resolves when the good ones are on disk. Waits where the server asks for it. */
export async function sendBatch(rows: readonly MappedRow[], target: Target, client: ApiClient): Promise<Sent> {
  if (rows.length === 0) return { accepted: 0, known: 0, rejected: [] };
  const body = { [target]: rows.map(({ row }) => row) };
  const receipt = await client.post<Receipt>(`/v1/${target}`, body, { patient: true });
  const { accepted, duplicates = 0, stale = 0, jobId } = receipt;
  const rejected = receipt.rejected.map(({ index, message, pointer = '' }): Rejected => {
    const member = pointer.split('/').slice(3).join('.');
    const { line, row } = rows[index]!;
    return { line, reason: member === '' ? message : `${member}: ${message}`, row };
  });
  return { accepted, known: duplicates + stale, rejected, jobId };
}
