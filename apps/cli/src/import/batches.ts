import { RowFault, MAX_ROW_BYTES, type BrokenRow, type Row } from './row.js';
import { plain, type Rejected } from './rejected.file.js';
import type { Mapped, RowMapper } from './row-mapper.js';

/** As many as a server lists one by one where it refuses them all. */
const BATCH_ROWS = 1_000;
const BATCH_BYTES = 4 * 1024 * 1024;

export interface MappedRow {
  readonly line: number;
  readonly row: Mapped;
}

/** Rows to send together, and what became of others on the way. */
export interface RowBatch {
  /** Everything up to this line is in this batch or one before. */
  readonly line: number;
  readonly rows: readonly MappedRow[];
  readonly rejected: readonly Rejected[];
  readonly skipped: number;
}

/** Maps rows and puts them into batches; rows up to the line `after` are mapped and left out: they are in already. */
export async function* batchesOf(
  rows: AsyncIterable<Row>,
  mapperFor: (row: Row) => RowMapper,
  after: number,
): AsyncGenerator<RowBatch> {
  let batch = emptyBatch();
  let bytes = 0;
  for await (const row of rows) {
    const outcome = outcomeOf(row, mapperFor);
    if (row.line <= after) continue;
    batch.line = row.line;
    if (outcome === undefined) batch.skipped += 1;
    else if ('reason' in outcome) batch.rejected.push(outcome);
    else {
      batch.rows.push(outcome);
      bytes += outcome.bytes;
    }
    if (batch.rows.length + batch.rejected.length < BATCH_ROWS && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = emptyBatch();
    bytes = 0;
  }
  if (batch.line > 0) yield batch;
}

const emptyBatch = () => ({ line: 0, rows: [] as MappedRow[], rejected: [] as Rejected[], skipped: 0 });

function outcomeOf(
  row: Row,
  mapperFor: (row: Row) => RowMapper,
): (MappedRow & { readonly bytes: number }) | Rejected | undefined {
  if (isBroken(row)) return { line: row.line, reason: row.fault, ...(row.text !== undefined && { row: row.text }) };
  const { line, columns } = row;
  try {
    const mapped = mapperFor(row)(row);
    if (mapped === undefined) return undefined;
    const bytes = Buffer.byteLength(JSON.stringify(mapped, plain));
    if (bytes > MAX_ROW_BYTES) throw new RowFault('the row is larger than 1 MiB');
    return { line, row: mapped, bytes };
  } catch (error) {
    if (error instanceof RowFault) return { line, reason: error.message, row: columns };
    throw error;
  }
}

export const isBroken = (row: Row): row is BrokenRow => 'fault' in row;
