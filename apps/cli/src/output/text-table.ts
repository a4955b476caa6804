import { cutTo, padLeft, padTo, widthOf } from './text-width.js';

export interface Column {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly right?: boolean;
  /** Most columns of the terminal it takes; default as many as it needs. */
  readonly most?: number;
}

/** Rows of plain text under titles, as lines; two spaces between columns. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => columns.map(({ most }, c) => cutTo(row[c] ?? '', most ?? Infinity)));
  const widths = columns.map(({ title }, c) => Math.max(widthOf(title), ...cells.map((row) => widthOf(row[c]!))));
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, c) => (columns[c]!.right ? padLeft(cell, widths[c]!) : padTo(cell, widths[c]!)))
      .join('  ')
      .trimEnd();
  return [lineOf(columns.map(({ title }) => title)), ...cells.map(lineOf)];
}
