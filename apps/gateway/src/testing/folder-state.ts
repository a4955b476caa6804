import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** SHA-256 of every file below a folder, by its path. */
export function folderState(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((file) => [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

/** The last segment of a tenant's event log. */
export function lastEventLog(data: string): { readonly path: string; readonly sizeBytes: number } {
  const folder = join(data, 'tenants', 'default', 'events');
  const name = readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .sort()
    .at(-1)!;
  const path = join(folder, name);
  return { path, sizeBytes: statSync(path).size };
}
