import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { CommandError, UsageError } from '../exit-code.js';

export interface SourceOptions {
  readonly file: string;
  /** Label of an encoding that TextDecoder knows; default UTF-8, or what the byte order mark says. */
  readonly encoding?: string | undefined;
  /** Told how many bytes of the file have been read so far. */
  readonly onRead: (bytes: number) => void;
}

/** The text of a file as chunks of UTF-8 without byte order mark; gunzips by itself. Throws a CommandError for what is no text. */
export async function* sourceBytes({ file, encoding, onRead }: SourceOptions): AsyncGenerator<Buffer> {
  const start = await beginning(file);
  const zipped = start[0] === 0x1f && start[1] === 0x8b;
  if (!zipped) assertText(file, start, encoding);
  const raw = createReadStream(file);
  // An error of either is thrown where the last of them is read.
  const bytes: AsyncIterable<Buffer> = zipped ? pipeline(raw, createGunzip(), () => undefined) : raw;
  try {
    for await (const chunk of decoded(bytes, encoding ?? markOf(start))) {
      onRead(raw.bytesRead);
      yield chunk;
    }
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    throw new CommandError(
      `${file} is a broken gzip file (${(error as Error).message})`,
      'Export it again; rows before are in.',
    );
  }
}

/** Size of a file in bytes. Throws a UsageError where there is none, or it is a folder. */
export async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code})`, 'Check the path and its permissions.');
  });
  if (found.isDirectory()) throw new UsageError(`${file} is a folder`, 'Name a file.');
  if (found.size === 0) throw new CommandError(`${file} is empty`, 'Export it again; nothing was imported.');
  return found.size;
}

const START_BYTES = 4096;

export async function beginning(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function assertText(file: string, start: Buffer, encoding: string | undefined): void {
  const magic = start.subarray(0, 4).toString('latin1');
  if (magic === 'PAR1') throw new UsageError(`${file} is a Parquet file`, 'Give --format parquet.');
  if (magic === 'PK\u0003\u0004')
    throw new UsageError(`${file} is a zip archive or an Excel workbook`, 'Unpack it, or save it as CSV.');
  if (encoding === undefined && markOf(start) === undefined && start.includes(0))
    throw new UsageError(
      `${file} is no text: it holds NUL bytes`,
      'Export it as CSV, JSONL or Parquet; for UTF-16 give --encoding utf-16le.',
    );
}

/** Encoding that a byte order mark tells of. */
const markOf = (start: Buffer): string | undefined =>
  start[0] === 0xff && start[1] === 0xfe ? 'utf-16le' : start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : undefined;

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: string | undefined): AsyncGenerator<Buffer> {
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
    const decoder = decoderOf(encoding);
    for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
    return;
  }
  let first = true;
  for await (const chunk of bytes) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    first = false;
    yield marked ? chunk.subarray(3) : chunk;
  }
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new UsageError(
      `'${encoding}' is no known encoding`,
      'Use utf-8, latin1, windows-1252, utf-16le, gbk, shift_jis, …',
    );
  }
}
