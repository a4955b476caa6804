import { Readable } from 'node:stream';
import { parse, type CsvError, type Info } from 'csv-parse';
import { UsageError } from '../exit-code.js';
import { isDamaged, linesOf, NOT_UTF8, TOO_LONG } from './lines.js';
import { beginningOf, MAX_ROW_BYTES, type BrokenRow, type Row } from './row.js';

export interface CsvOptions {
  readonly file: string;
  /** Default: the one of `,` `;` tab `|` that the first line has most of. */
  readonly delimiter?: string | undefined;
}

type Parsed = { readonly record: readonly string[]; readonly info: Info };

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Rows of a CSV file under its header, each with the line where it begins; a cell may hold line ends within quotes. */
export async function* csvRows(bytes: AsyncIterable<Buffer>, { file, delimiter }: CsvOptions): AsyncGenerator<Row> {
  const faults: BrokenRow[] = [];
  const lines = linesOf(bytes);
  const first = (await lines.next()).value as { readonly bytes?: Buffer } | undefined;
  const head = (first?.bytes ?? Buffer.alloc(0)).toString('utf8');
  const between = delimiter ?? mostOf(head);
  const parser = Readable.from(textOf(head, lines, faults)).pipe(parse({ delimiter: between, ...OPTIONS }));
  parser.on('skip', (error: CsvError) => faults.push(faultOf(error, last)));
  let header: readonly string[] | undefined;
  let last = 0;
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    const line = last + 1;
    last = info.lines;
    yield* due(faults, line);
    if (record.length === 1 && record[0]!.trim() === '') continue;
    if (header === undefined) header = checkedHeader(file, record);
    else yield rowOf(line, record, { header, between });
  }
  yield* due(faults, Infinity);
}

const OPTIONS = {
  info: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_records_with_error: true,
  max_record_size: MAX_ROW_BYTES,
} as const;

/** Lines again, without those that are too long: an empty one stands for each, so that line numbers hold. */
async function* textOf(head: string, lines: ReturnType<typeof linesOf>, faults: BrokenRow[]): AsyncGenerator<string> {
  yield `${head}\n`;
  for await (const { number, bytes } of lines) {
    if (bytes === undefined) faults.push({ line: number, fault: TOO_LONG });
    yield `${bytes?.toString('utf8') ?? ''}\n`;
  }
}

/** Takes out the faults up to a line, one a line. */
function* due(faults: BrokenRow[], line: number): Generator<Row> {
  const now = faults.filter((fault) => fault.line <= line);
  if (now.length === 0) return;
  faults.splice(0, faults.length, ...faults.filter((fault) => fault.line > line));
  yield* new Map(now.map((fault) => [fault.line, fault])).values();
}

interface Layout {
  readonly header: readonly string[];
  readonly between: string;
}

function rowOf(line: number, record: readonly string[], { header, between }: Layout): Row {
  const text = beginningOf(record.join(between));
  if (record.length !== header.length)
    return { line, fault: `it has ${record.length} cells, the header ${header.length}`, text };
  if (record.some(isDamaged)) return { line, fault: NOT_UTF8, text };
  return { line, columns: Object.fromEntries(header.map((name, i) => [name, record[i]])) };
}

function checkedHeader(file: string, record: readonly string[]): readonly string[] {
  const header = record.map((name) => name.trim());
  if (header.some(isDamaged))
    throw new UsageError(`the header of ${file} is not UTF-8`, 'Give --encoding latin1, or what it is.');
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice === undefined) return header;
  throw new UsageError(`${file} has the column '${twice}' twice`, 'Rename one of them in its first line.');
}

function mostOf(head: string): string {
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: head.split(delimiter).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
}

/** `last`: the line where the last good row ended: what broke began on the next. */
function faultOf({ code, message }: CsvError, last: number): BrokenRow {
  const open = code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE';
  const fault = open ? 'a quote that opens here or later is not closed: rows after it are missing' : message;
  return { line: last + 1, fault };
}
