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
  const run = spawnSync(process.execPath, [join(__dirname, '../lint-text.mjs')], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  if (run.status !== 0) throw new Error(`lint-text failed: ${run.stderr}${run.stdout}`);
  return JSON.parse(run.stdout) as Finding[][];
}
