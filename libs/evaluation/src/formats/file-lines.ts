import { DataFileError } from './evaluation.errors.js';
import { fileBytes, readingError } from './file-bytes.js';

/** The lines of a UTF-8 file, without their ends and a byte order mark. Throws DataFileError for what cannot be read, or is no text. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest: string | undefined;
  try {
    for await (const chunk of (await fileBytes(file)).setEncoding('utf8') as AsyncIterable<string>) {
      if (chunk.includes('\0')) throw new DataFileError(`${file} is no text in UTF-8`, 'Export it as text in UTF-8.');
      const lines = (rest === undefined ? chunk.replace(/^\uFEFF/, '') : chunk).split('\n');
      lines[0] = (rest ?? '') + lines[0]!;
      rest = lines.pop()!;
      for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
    }
  } catch (error) {
    throw readingError(file, error);
  }
  if (rest !== undefined && rest !== '') yield rest;
}

/** The first line of a file; empty where there is none. */
export async function firstLine(file: string): Promise<string> {
  for await (const line of linesOf(file)) return line;
  return '';
}
