import { isDamaged, linesOf, NOT_UTF8, TOO_LONG } from './lines.js';
import { beginningOf, type Row } from './row.js';

/** Rows of a JSONL (NDJSON) file: an object a line; blank lines are none. */
export async function* jsonlRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  for await (const { number: line, bytes: text } of linesOf(bytes)) {
    if (text === undefined) yield { line, fault: TOO_LONG };
    else {
      const row = rowOf(line, text.toString('utf8'));
      if (row !== undefined) yield row;
    }
  }
}

function rowOf(line: number, text: string): Row | undefined {
  if (text.trim() === '') return undefined;
  if (isDamaged(text)) return { line, fault: NOT_UTF8, text: beginningOf(text) };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { line, columns: value as Readonly<Record<string, unknown>> };
    return { line, fault: 'it is JSON, and no object', text: beginningOf(text) };
  } catch {
    return { line, fault: 'it is not JSON', text: beginningOf(text) };
  }
}
