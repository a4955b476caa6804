import { UsageError } from '../exit-code.js';
import { csvRows } from './csv.rows.js';
import { jsonlRows } from './jsonl.rows.js';
import { parquetRows } from './parquet.rows.js';
import type { Row } from './row.js';
import { sizeOf, sourceBytes } from './source-bytes.js';

export const FORMATS = ['csv', 'jsonl', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

const ENDINGS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  parquet: 'parquet',
};

export interface ReadOptions {
  readonly format: Format;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Told how much has been read, of how much: kB of a text, rows of a Parquet file. */
  readonly onRead: (done: number, total: number) => void;
}

/** The format that a file's name tells. Throws a UsageError where it tells none. */
export function formatOf(file: string): Format {
  const ending = /\.([a-z]+)$/i.exec(file.replace(/\.gz$/i, ''))?.[1]?.toLowerCase() ?? '';
  const format = ENDINGS[ending];
  if (format !== undefined) return format;
  throw new UsageError(`the name of ${file} does not tell its format`, 'Give --format csv, jsonl or parquet.');
}

/** Rows of a file in order, in constant memory. */
export async function* readRows(
  file: string,
  { format, encoding, delimiter, onRead }: ReadOptions,
): AsyncGenerator<Row> {
  const total = await sizeOf(file);
  if (format === 'parquet') {
    yield* parquetRows(file, onRead);
    return;
  }
  const count = (bytes: number): void => onRead(Math.round(bytes / 1000), Math.ceil(total / 1000));
  const bytes = sourceBytes({ file, encoding, onRead: count });
  yield* format === 'csv' ? csvRows(bytes, { file, delimiter }) : jsonlRows(bytes);
}
