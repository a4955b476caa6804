import { MAX_ROW_BYTES } from './row.js';

/** A line without its end; `undefined` bytes: it was longer than 1 MiB and is left out. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer | undefined;
}

const NEWLINE = 0x0a;

/** Splits bytes into lines; never holds more than one line of 1 MiB, however long the lines are. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 1;
  let held: Buffer[] = [];
  let size = 0;
  const take = (part: Buffer): void => {
    size += part.length;
    if (size > MAX_ROW_BYTES) held = [];
    else if (part.length > 0) held.push(part);
  };
  const end = (): Line => {
    const line = { number, bytes: size > MAX_ROW_BYTES ? undefined : Buffer.concat(held) };
    number += 1;
    held = [];
    size = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, at));
      from = at + 1;
      yield end();
    }
    take(chunk.subarray(from));
  }
  if (size > 0) yield end();
}

export const TOO_LONG = 'the line is longer than 1 MiB';
/** What decoding makes of bytes that are not UTF-8. */
export const NOT_UTF8 = 'it holds bytes that are not UTF-8: if the file is Latin-1, give --encoding latin1';
export const isDamaged = (text: string): boolean => text.includes('\ufffd');
