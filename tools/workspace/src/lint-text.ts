import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** One finding of ESLint; `rule` is null for a file that could not be parsed or is ignored. */
export interface Finding {
  readonly rule: string | null;
  readonly message: string;
}

/** A text to be linted as if it stood in `file` (relative to the workspace root; the file must exist). */
export interface Planted {
  readonly file: string;
  readonly text: string;
}

/** Findings of the workspace's own lint configuration for each text, in order. Throws what ESLint printed. */
export function lintTexts(texts: readonly Planted[]): Finding[][] {
  // Without Nx's marks of a running task, so that the configuration brings the project graph up to date itself.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_')));
  const run = spawnSync(process.execPath, [join(__dirname, '../lint-text.mjs')], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    env: { ...env, NX_DAEMON: 'false' },
  });
  if (run.status !== 0) throw new Error(`lint-text failed: ${run.stderr || run.stdout}`);
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '[]') as Finding[][];
}
