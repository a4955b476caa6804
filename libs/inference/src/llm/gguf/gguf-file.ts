import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ModelError } from '../language-model.js';

const EDGE_BYTES = 1 << 20;
/** Versions of the format that are in use: with lengths of 64 bits. */
const VERSIONS: readonly number[] = [2, 3];

/**
 * Id of the model in a GGUF file, by its name, size, beginning and end: `gguf:<name>@<12 hex>`. To read all of it would take as
 * long as to load it.
 * @throws ModelError `refused` where the file is missing or no GGUF file; the message names file, cause and fix.
 */
export async function ggufModelId(file: string): Promise<string> {
  const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
    throw new ModelError('refused', `model file ${file} cannot be read (${cause.code}): put it there`, { cause });
  });
  try {
    return `gguf:${basename(file)}@${await digestOf(handle, file)}`;
  } finally {
    await handle.close();
  }
}

async function digestOf(handle: FileHandle, file: string): Promise<string> {
  const status = await handle.stat();
  if (!status.isFile()) throw new ModelError('refused', `${file} is no file: name the .gguf file of a model`);
  const head = await piece(handle, 0, Math.min(EDGE_BYTES, status.size));
  if (head.length < 8 || head.toString('latin1', 0, 4) !== 'GGUF') {
    throw new ModelError('refused', `${file} is no GGUF file: name the .gguf file of a model`);
  }
  const version = head.readUInt32LE(4);
  if (!VERSIONS.includes(version)) {
    throw new ModelError('refused', `${file} has version ${version} of GGUF, not 2 or 3: convert the model again`);
  }
  const tail = await piece(handle, Math.max(0, status.size - EDGE_BYTES), Math.min(EDGE_BYTES, status.size));
  return createHash('sha256').update(String(status.size)).update(head).update(tail).digest('hex').slice(0, 12);
}

async function piece(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
