import { posix } from 'node:path';
import { preProcessFile } from 'typescript';

/** Files (forward slashes) to their text. */
export type Sources = ReadonlyMap<string, string>;

/** The files among `sources` that `file` imports or re-exports, types included, by relative path. */
function importsOf(file: string, sources: Sources): string[] {
  return preProcessFile(sources.get(file) ?? '', true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(file), name).replace(/\.js$/, '.ts'))
    .filter((target) => sources.has(target));
}

/**
 * The first import cycle found by depth-first search, as the files in order with the first one repeated at the end;
 * undefined when there is none. Imports of types count: two files that name each other are one file.
 */
export function findImportCycle(sources: Sources): string[] | undefined {
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (finished.has(file)) return undefined;
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    path.push(file);
    for (const target of importsOf(file, sources)) {
      const cycle = visit(target);
      if (cycle) return cycle;
    }
    path.pop();
    finished.add(file);
    return undefined;
  };
  for (const file of sources.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}
