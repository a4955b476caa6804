import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataFileError } from './evaluation.errors.js';

const GZIP = [0x1f, 0x8b] as const;

/** The bytes of a file, gunzipped where it is zipped. Throws DataFileError where there is none, or nothing in it. */
export async function fileBytes(file: string): Promise<Readable> {
  const unreadable = ({ code }: NodeJS.ErrnoException): never => {
    throw new DataFileError(`${file} cannot be read (${code})`, 'Check the path and its permissions.');
  };
  const found = await stat(file).catch(unreadable);
  if (!found.isFile()) throw new DataFileError(`${file} is no file`, 'Name a file.');
  if (found.size === 0) throw new DataFileError(`${file} is empty`, 'Export it again.');
  const zipped = await isZipped(file).catch(unreadable);
  const raw = createReadStream(file);
  // An error of one stream ends the others, and is thrown where the last is read.
  return zipped ? pipeline(raw, createGunzip(), () => undefined) : raw;
}

/** What reading a broken file throws, told with the file's name. */
export function readingError(file: string, error: unknown): unknown {
  if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) return error;
  return new DataFileError(`${file} is a broken gzip file (${(error as Error).message})`, 'Export it again.');
}

async function isZipped(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return GZIP.every((byte, i) => buffer[i] === byte);
  } finally {
    await handle.close();
  }
}
