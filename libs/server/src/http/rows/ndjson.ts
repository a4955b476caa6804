import type { Readable } from 'node:stream';
import { ERROR_TABLE, type ErrorCode } from '@attune/sdk';
import { LineSplitter } from './line.splitter.js';
import type { SentRow } from './sent-row.js';

/** Bytes of the longest line. */
export const MAX_LINE_BYTES = 1024 * 1024;
/** Text in which a member may be called `__proto__`, perhaps in escapes. */
const SUSPECT = /__proto__|\\u/;

/** A body of newline-delimited JSON, on its way. Read once, and only as fast as its rows are taken. */
export class NdjsonBody {
  constructor(private readonly stream: Readable) {}

  /** A row a line that is not blank. Rejects where the client goes away. */
  async *rows(): AsyncGenerator<SentRow, void> {
    const lines = new LineSplitter(MAX_LINE_BYTES);
    let index = 0;
    // Destroyed, it would take the connection along, and with it the answer that says why it was not read to its end.
    for await (const chunk of this.stream.iterator({ destroyOnReturn: false })) {
      for (const line of lines.push(chunk as Buffer)) {
        const row = rowOf(line, index++);
        if (row !== undefined) yield row;
      }
    }
    for (const line of lines.end()) {
      const row = rowOf(line, index++);
      if (row !== undefined) yield row;
    }
  }
}

/** Undefined for a blank line. `line` undefined: it was too long. */
function rowOf(line: Buffer | undefined, index: number): SentRow | undefined {
  if (line === undefined) return unread(index, 'LINE_TOO_LONG', ERROR_TABLE.LINE_TOO_LONG.title);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line);
    if (text.trim() === '') return undefined;
    return { index, pointer: `/${index}`, bytes: line.length, value: jsonOf(text) };
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'the line is not UTF-8';
    return unread(index, 'MALFORMED_JSON', `the line is not JSON: ${why.slice(0, 200)}`);
  }
}

/** As the parser of whole bodies, refuses members that would change what an object inherits. */
function jsonOf(text: string): unknown {
  if (!SUSPECT.test(text)) return JSON.parse(text);
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__') throw new SyntaxError('a member is called __proto__');
    return value;
  });
}

const unread = (index: number, code: ErrorCode, message: string): SentRow => ({
  index,
  pointer: `/${index}`,
  bytes: 0,
  fault: { code, message, pointer: '' },
});
