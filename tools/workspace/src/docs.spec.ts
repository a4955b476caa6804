import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { workspaceRoot } from './source-files.js';

/** Runs a script of the documentation; its output, whether it passes or not. */
function run(script: string, ...args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, [join(workspaceRoot, 'tools', 'docs', script), ...args], {
      encoding: 'utf8',
    });
  } catch (error) {
    return `failed: ${String((error as { readonly stdout?: unknown }).stdout)}${String((error as Error).message)}`;
  }
}

describe('the documentation', () => {
  it('has reference pages that are what the code says: npm run docs', () => {
    expect(run('generate-reference.mjs', '--check')).not.toMatch(/^failed/);
  });

  it('has examples of pipelines and configuration that hold', () => {
    expect(run('check-examples.mjs')).toMatch(/^[1-9]\d* examples, 0 faults$/m);
  });

  it('has links that lead somewhere', () => {
    expect(run('check-links.mjs')).not.toMatch(/^failed/);
  });
});
