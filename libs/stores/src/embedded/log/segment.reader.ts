import { open, type FileHandle } from 'node:fs/promises';
import { isSoundLine, MAX_RECORD_BYTES, PREFIX_BYTES, startsWrite } from './record-line.codec.js';

/** Small enough that what is done with a chunk's records keeps slates waiting for milliseconds only. */
const CHUNK_BYTES = 256 * 1024;
const LONGEST_LINE = MAX_RECORD_BYTES + PREFIX_BYTES + 1;
const NEWLINE = 0x0a;

/** How far a segment could be read: `soundBytes` < `size` means damage at that offset. */
export interface SegmentReading {
  readonly soundBytes: number;
  readonly size: number;
}

/** Some sound lines of a segment, in order. */
export interface LineBatch {
  /** JSON text of each line. */
  readonly texts: readonly string[];
  /** Byte at which each line starts. */
  readonly offsets: readonly number[];
  /** Byte behind the last line. */
  readonly end: number;
}

/** Reads the sound lines of a segment from its beginning; `onText` gets the JSON text and where its line lies. */
export async function readSegment(
  path: string,
  onText: (json: string, offset: number, end: number) => void,
): Promise<SegmentReading> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    let soundBytes = 0;
    for await (const { texts, offsets, end } of readLines(handle)) {
      for (const [i, json] of texts.entries()) onText(json, offsets[i]!, offsets[i + 1] ?? end);
      soundBytes = end;
    }
    return { soundBytes, size };
  } finally {
    await handle.close();
  }
}

/** The sound lines from the beginning of a segment to byte `limit`, some 256 KiB at a time; ends at damage. */
export async function* readLines(handle: FileHandle, limit = Infinity): AsyncGenerator<LineBatch> {
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let base = 0;
  let filled = 0;
  for (;;) {
    const wanted = Math.min(buffer.length - filled, limit - base - filled);
    const { bytesRead } = await handle.read(buffer, filled, wanted, base + filled);
    filled += bytesRead;
    const { batch, damaged } = linesIn(buffer.subarray(0, filled), base);
    if (batch.texts.length > 0) yield batch;
    const start = batch.end - base;
    if (damaged || bytesRead === 0 || filled - start >= LONGEST_LINE) return;
    base = batch.end;
    buffer.copyWithin(0, start, filled);
    filled -= start;
    if (filled === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
  }
}

function linesIn(bytes: Buffer, base: number): { readonly batch: LineBatch; readonly damaged: boolean } {
  const texts: string[] = [];
  const offsets: number[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    if (!isSoundLine(bytes, start, end)) return { batch: { texts, offsets, end: base + start }, damaged: true };
    texts.push(bytes.toString('utf8', start + PREFIX_BYTES, end));
    offsets.push(base + start);
    start = end + 1;
  }
  return { batch: { texts, offsets, end: base + start }, damaged: false };
}

/**
 * Whether damage at `offset` of the last segment can be a write that a crash cut short, so that nobody was told that
 * it is stored: nothing sound follows, or what follows belongs to the same write and the gap holds zero bytes, which
 * is how a block that never reached the disk reads (a record's text has none). A flipped bit in a synced record with
 * others behind it is neither.
 */
export async function isTornWrite(path: string, offset: number): Promise<boolean> {
  const tail = await readFrom(path, offset);
  let gapEnd = -1;
  let start = 0;
  for (let end = tail.indexOf(NEWLINE); end >= 0; end = tail.indexOf(NEWLINE, start)) {
    if (isSoundLine(tail, start, end)) {
      if (startsWrite(tail, start)) return false;
      if (gapEnd < 0) gapEnd = start;
    }
    start = end + 1;
  }
  return gapEnd < 0 || tail.subarray(0, gapEnd).includes(0);
}

/** The bytes of a file from an offset to its end. */
export async function readFrom(path: string, offset: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.max(0, size - offset));
    for (let filled = 0; filled < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) return bytes.subarray(0, filled);
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
