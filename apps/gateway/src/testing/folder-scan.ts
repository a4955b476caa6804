import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The bytes a text may be stored as: itself, within JSON, within a URL, and as UTF-16. */
const formsOf = (text: string): readonly Buffer[] => [
  Buffer.from(text),
  Buffer.from(JSON.stringify(text).slice(1, -1)),
  Buffer.from(encodeURIComponent(text)),
  Buffer.from(text, 'utf16le'),
];

/** Paths of the files under a folder that hold one of the texts, in their name or in any byte of them. */
export async function filesHolding(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const forms = texts.flatMap(formsOf);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const holding: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    // A file that a server under way removes meanwhile holds nothing.
    const content = await readFile(path).catch(() => Buffer.alloc(0));
    const name = Buffer.from(entry.name);
    if (forms.some((form) => content.includes(form) || name.includes(form))) holding.push(relative(folder, path));
  }
  return holding.sort();
}
