import { crc32 } from 'node:zlib';
import { DataFolderError } from '../folder/data-folder.error.js';

/*
 * One record is one line: 8 hex digits of the CRC-32 of the JSON bytes, one mark, the JSON text, a newline. The mark is
 * `*` on the first record of each write and a space on the others. A write starts only after the one before it was
 * synced, so a sound `*` line after damage proves that the damaged bytes had been synced once.
 */

/** Largest JSON text of one record, in bytes. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;
/** Bytes of a line before its JSON text. */
export const PREFIX_BYTES = 9;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const STAR = 0x2a;
const DIGITS = Buffer.from('0123456789abcdef', 'latin1');
const VALUES = new Int8Array(256).fill(-1);
for (const [value, digit] of DIGITS.entries()) VALUES[digit] = value;

/** A record: its JSON text on one line (used as it is), or an object that is stringified. */
export type LogRecord = string | object;

/** Encodes records as lines. Throws `RECORD_REFUSED` for one that is too large or is not one line of JSON. */
export function encodeRecords(records: readonly LogRecord[]): Buffer {
  const texts = records.map(jsonText);
  const sizes = texts.map((text) => checkedBytes(text));
  const lines = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size + PREFIX_BYTES + 1, 0));
  let offset = 0;
  for (const [index, text] of texts.entries()) {
    const start = offset + PREFIX_BYTES;
    const end = start + (sizes[index] ?? 0);
    lines.write(text, start, 'utf8');
    writeHex(lines, offset, crc32(lines.subarray(start, end)));
    lines[start - 1] = SPACE;
    lines[end] = NEWLINE;
    offset = end + 1;
  }
  return lines;
}

/** Bytes that a record with this JSON text takes in a segment. */
export function lineBytes(json: string): number {
  return PREFIX_BYTES + Buffer.byteLength(json, 'utf8') + 1;
}

/** Marks the first of some encoded lines as the start of a write. */
export function markWriteStart(lines: Buffer): void {
  lines[PREFIX_BYTES - 1] = STAR;
}

/** Whether the line from `start` to its newline at `end` is whole and its checksum is right. */
export function isSoundLine(bytes: Buffer, start: number, end: number): boolean {
  const text = start + PREFIX_BYTES;
  const mark = bytes[text - 1];
  if (end <= text || (mark !== SPACE && mark !== STAR)) return false;
  return readHex(bytes, start) === crc32(bytes.subarray(text, end));
}

/** Whether a sound line starting there began a write. */
export function startsWrite(bytes: Buffer, start: number): boolean {
  return bytes[start + PREFIX_BYTES - 1] === STAR;
}

function jsonText(record: LogRecord): string {
  const text: string | undefined = typeof record === 'string' ? record : JSON.stringify(record);
  if (text === undefined || text === '' || text.includes('\n')) {
    throw new DataFolderError(
      'RECORD_REFUSED',
      'A log record is not one line of JSON: pass an object or its JSON text.',
    );
  }
  return text;
}

function checkedBytes(text: string): number {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes <= MAX_RECORD_BYTES) return bytes;
  const limit = `the limit is ${MAX_RECORD_BYTES} bytes, split it`;
  throw new DataFolderError('RECORD_REFUSED', `A log record of ${bytes} bytes is too large: ${limit}.`);
}

function writeHex(bytes: Buffer, offset: number, value: number): void {
  for (let digit = 0; digit < 8; digit++) {
    bytes[offset + digit] = DIGITS[(value >>> (28 - 4 * digit)) & 15] ?? 0;
  }
}

/** The value of 8 lower-case hex digits, or -1. */
function readHex(bytes: Buffer, offset: number): number {
  let value = 0;
  let bad = 0;
  for (let index = offset; index < offset + 8; index++) {
    const digit = VALUES[bytes[index] ?? 0] ?? -1;
    bad |= digit;
    value = (value << 4) | (digit & 15);
  }
  return bad < 0 ? -1 : value >>> 0;
}
