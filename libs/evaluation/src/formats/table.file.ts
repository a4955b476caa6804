import { DataFileError } from './evaluation.errors.js';
import { firstLine, linesOf } from './file-lines.js';
import { cellsOf } from './table.cells.js';

/** Names under which files of the trade have a column; the type of an atomic file (`user_id:token`) is left off. */
const ALIASES = {
  user: ['user', 'user_id', 'userid', 'customer_id', 'visitorid', 'reviewerid'],
  item: ['item', 'item_id', 'itemid', 'movie_id', 'product', 'product_id', 'stock_code', 'asin'],
  rating: ['rating', 'score', 'stars'],
  label: ['label', 'click', 'clicked', 'purchased'],
  time: ['time', 'timestamp', 'at', 'date', 'invoice_date'],
  position: ['pos', 'position'],
  fold: ['fold'],
  split: ['split'],
  part: ['part'],
  basket: ['basket', 'basket_id', 'invoice', 'order', 'order_id', 'transaction_id'],
  quantity: ['quantity', 'qty'],
  query: ['query', 'text'],
  queryId: ['qid', 'query_id'],
  grade: ['grade', 'relevance', 'rel'],
  title: ['title', 'name', 'description'],
  id: ['id'],
  description: ['description', 'brief'],
  categories: ['categories', 'category'],
  brand: ['brand'],
  tags: ['tags'],
  language: ['language', 'lang'],
  kind: ['kind'],
} as const satisfies Record<string, readonly string[]>;

export type ColumnName = keyof typeof ALIASES;

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Lines that a row may have, by breaks within quotes: more are a quote that was forgotten. */
const MOST_LINES_A_ROW = 100;

/** Which columns a file has. */
export interface TableLayout {
  readonly delimiter: string;
  readonly places: ReadonlyMap<ColumnName, number>;
}

/** The layout of a file whose first line names columns; undefined where that names none that are known. */
export async function layoutOf(file: string): Promise<TableLayout | undefined> {
  const head = await firstLine(file);
  const namesBy = (delimiter: string): readonly string[] => cellsOf(head, delimiter) ?? [];
  const delimiter = DELIMITERS.reduce((most, one) => (namesBy(one).length > namesBy(most).length ? one : most));
  const places = placesOf(namesBy(delimiter));
  return places.size === 0 ? undefined : { delimiter, places };
}

/** Where the columns are that a first line names. */
export function placesOf(head: readonly string[]): ReadonlyMap<ColumnName, number> {
  const names = head.map(nameOf);
  const places = new Map<ColumnName, number>();
  for (const [column, aliases] of Object.entries(ALIASES)) {
    const place = aliases.map((alias) => names.indexOf(alias)).find((at) => at >= 0);
    if (place !== undefined) places.set(column as ColumnName, place);
  }
  return places;
}

/** A column as it is looked for: without its type, in small letters. */
export const nameOf = (text: string): string => text.trim().replace(/:.*$/, '').toLowerCase();

/** Columns that are read. */
interface Wanted {
  /** No cell of these may be empty. */
  readonly required: readonly ColumnName[];
  readonly optional?: readonly ColumnName[];
}

/**
 * Calls `onRow` with the named cells of every row, trimmed, and the line it begins in. Where a file has no such column, its
 * cells are empty. Throws DataFileError for a file without a required column, for a row that does not fit, and what `onRow`
 * throws.
 */
export async function readTable(
  file: string,
  wanted: Wanted,
  onRow: (cells: readonly string[], line: number) => void,
): Promise<void> {
  const layout = await layoutOf(file);
  if (layout === undefined) throw missingColumns(file, wanted.required);
  await readRows(file, layout, (head) => {
    const cellsIn = reading(file, head, wanted);
    return (row, line) => onRow(cellsIn(row, line), line);
  });
}

/**
 * Calls `onHead` with the cells of the first line, and what it gives with those of every other row and the line it begins in.
 * Throws DataFileError for a quote that does not close, a row of another length, and what is thrown within.
 */
export async function readRows(
  file: string,
  { delimiter }: TableLayout,
  onHead: (head: readonly string[]) => (row: readonly string[], line: number) => void,
): Promise<void> {
  let onRow: ((row: readonly string[], line: number) => void) | undefined;
  let [line, begun, pending, width] = [0, 0, '', 0];
  for await (const text of linesOf(file)) {
    line += 1;
    if (pending === '') begun = line;
    const row = cellsOf(pending + text, delimiter);
    pending = row === undefined ? `${pending}${text}\n` : '';
    if (row === undefined && line - begun < MOST_LINES_A_ROW) continue;
    if (row === undefined) break;
    if (onRow === undefined) [onRow, width] = [onHead(row), row.length];
    else if (row.length > 1 || row[0] !== '') onRow(rowOf(row, width, `${file}:${begun}`), begun);
  }
  if (pending !== '')
    throw new DataFileError(`${file}:${begun}: a quote does not close`, 'Mend the line, or leave it out.');
}

function rowOf(row: readonly string[], width: number, place: string): readonly string[] {
  if (row.length === width) return row;
  throw new DataFileError(
    `${place}: it has ${row.length} cells, the first line ${width}`,
    'Mend the line, or leave it out.',
  );
}

/** How cells are taken from a row of a file with this first line. */
function reading(file: string, head: readonly string[], { required, optional = [] }: Wanted) {
  const places = placesOf(head);
  const missing = required.filter((name) => !places.has(name));
  if (missing.length > 0) throw missingColumns(file, missing);
  const columns = [...required, ...optional].map((name) => ({ name, place: places.get(name) ?? -1 }));
  const names = head.map(nameOf);
  const double = columns.find(({ place }) => place >= 0 && names.indexOf(names[place]!, place + 1) > place);
  if (double !== undefined)
    throw new DataFileError(`${file} has two columns '${names[double.place]}'`, 'Name each column once.');
  return (row: readonly string[], line: number): readonly string[] => {
    const cells = columns.map(({ place }) => row[place]?.trim() ?? '');
    const empty = cells.indexOf('');
    if (empty >= 0 && empty < required.length)
      throw new DataFileError(`${file}:${line}: no ${required[empty]}`, 'Give one, or leave the row out.');
    return cells;
  };
}

/** Names the columns that a file should have. */
export function missingColumns(file: string, missing: readonly ColumnName[]): DataFileError {
  const wanted = missing.map((name) => `'${name}'`).join(' and ');
  const known = missing.map((name) => `${name}: ${ALIASES[name].join(', ')}`).join('; ');
  return new DataFileError(
    `${file} has no column ${wanted}`,
    `Name the columns in its first line, separated by commas, tabs, semicolons or bars (${known}).`,
  );
}
