import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

const COLUMNS = ['stock_code', 'title', 'unit_price', 'first_sold'] as const;

/** One row of `products.csv.gz`, as text. */
export type ProductRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

/**
 * Rows of `products.csv.gz` in file order (by stock code).
 * @throws Error when the file is missing or lacks a column
 */
export function readProductRows(folder: string): ProductRow[] {
  const path = join(folder, 'products.csv.gz');
  const rows = parse(gunzipSync(readFileSync(path)), { columns: true }) as ProductRow[];
  const missing = COLUMNS.filter((column) => rows[0]?.[column] === undefined);
  if (missing.length > 0)
    throw new Error(`${path}: column ${missing.join(', ')} is missing; restore the committed file.`);
  return rows;
}
