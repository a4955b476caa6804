import { cutTo, padLeft, padTo, widthOf } from './text-width.js';

export interface Column {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly right?: boolean;
  /** Gives way where the table is wider than the terminal. */
  readonly gives?: boolean;
}

const LEAST_COLUMNS = 12;

/** Rows of plain text under titles, as lines of at most `width` columns where columns that give make it; two spaces between. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Infinity,
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  const needed = columns.map((_, c) => Math.max(...[titles, ...rows].map((row) => widthOf(row[c] ?? ''))));
  let over = needed.reduce((sum, one) => sum + one + 2, -2) - width;
  const widths = needed.map((own, c) => {
    if (over <= 0 || columns[c]!.gives !== true) return own;
    const left = Math.max(Math.min(own, LEAST_COLUMNS), own - over);
    over -= own - left;
    return left;
  });
  return [titles, ...rows].map((row) =>
    columns
      .map(({ right }, c) => {
        const cell = cutTo(row[c] ?? '', widths[c]!);
        return right ? padLeft(cell, widths[c]!) : padTo(cell, widths[c]!);
      })
      .join('  ')
      .trimEnd(),
  );
}
