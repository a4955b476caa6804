import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '@attune/engine';

/** What is wrong, and what mends it. */
export type Found = Pick<Finding, 'cause' | 'fix'>;

/** A URL that `import()` takes from anywhere, also from a thread; or why there is none. */
export function moduleOf(use: string, configFile: string): string | Found {
  if (use.startsWith('.') || use.startsWith('/')) return pathToFileURL(resolve(dirname(configFile), use)).href;
  const { resolve: find } = createRequire(configFile);
  try {
    return pathToFileURL(find(use)).href;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const entry = code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' ? entryForImport(use, find.paths(use) ?? []) : undefined;
    if (entry !== undefined) return pathToFileURL(entry).href;
    // Otherwise it names the entry of a package that is there.
    if (message.startsWith(`Cannot find module '${use}'`))
      return { cause: `plugin '${use}' is not installed`, fix: `npm install ${use}` };
    const cause = `plugin '${use}' cannot be found: ${message.split('\n', 1)[0]}`;
    return { cause, fix: "build it, or mend 'main' or 'exports' in its package.json" };
  }
}

/** Conditions of `exports` that hold for `import()`. */
const CONDITIONS: ReadonlySet<string> = new Set(['import', 'module-sync', 'node', 'default']);

/** The entry of a package that is for `import` alone, which the resolution of `require` does not see. */
function entryForImport(name: string, folders: readonly string[]): string | undefined {
  const home = folders.map((folder) => join(folder, name)).find((at) => existsSync(join(at, 'package.json')));
  if (home === undefined) return undefined;
  const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { readonly exports?: unknown };
  const entry = targetOf((Object(exports) as Record<string, unknown>)['.'] ?? exports);
  return entry && join(home, entry);
}

/** The first target whose conditions hold; conditions nest. */
function targetOf(exported: unknown): string | undefined {
  if (typeof exported === 'string') return exported;
  for (const [condition, inner] of Object.entries(Object(exported) as Record<string, unknown>)) {
    const target = CONDITIONS.has(condition) ? targetOf(inner) : undefined;
    if (target !== undefined) return target;
  }
  return undefined;
}
