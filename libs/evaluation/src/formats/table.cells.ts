/**
 * Cells of a row, as RFC 4180 has them: a cell that begins with a quote ends at the next one, and "" within it is a quote.
 * Other quotes are as they stand. Undefined where a quote does not close: the row goes on in the next line.
 */
export function cellsOf(row: string, delimiter: string): readonly string[] | undefined {
  if (!row.includes('"')) return row.split(delimiter);
  const cells: string[] = [];
  for (let from = 0; from <= row.length;) {
    const close = row[from] === '"' ? closingQuote(row, from + 1) : from;
    if (close < 0) return undefined;
    const found = row.indexOf(delimiter, close);
    const end = found < 0 ? row.length : found;
    cells.push(close === from ? row.slice(from, end) : unquoted(row, from, close) + row.slice(close + 1, end));
    from = end + 1;
  }
  return cells;
}

function closingQuote(row: string, from: number): number {
  let at = row.indexOf('"', from);
  while (at >= 0 && row[at + 1] === '"') at = row.indexOf('"', at + 2);
  return at;
}

const unquoted = (row: string, from: number, close: number): string => row.slice(from + 1, close).replaceAll('""', '"');
