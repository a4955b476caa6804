import { CommandError, EXIT, type ExitCode } from '../exit-code.js';
import { ProblemError } from '../connection/problem.error.js';
import type { Output } from './output.js';

interface Told {
  readonly code: string;
  readonly detail: string;
  readonly fix?: string;
}

const NAMES = { [EXIT.ok]: 'OK', [EXIT.failed]: 'FAILED', [EXIT.usage]: 'USAGE', [EXIT.interrupted]: 'INTERRUPTED' };

/** Says what went wrong and what mends it, and gives the exit code; with `--json` the result is an error document. */
export function reportError(error: unknown, output: Output): ExitCode {
  const told = tellingOf(error);
  output.document({ error: told });
  output.note(`attune: ${told.detail}`);
  if (told.fix !== undefined) output.note(`  fix: ${told.fix}`);
  return error instanceof CommandError ? error.exitCode : EXIT.failed;
}

function tellingOf(error: unknown): Told {
  if (error instanceof ProblemError) return { code: error.code, detail: error.message, fix: error.fix };
  if (error instanceof CommandError) return { code: NAMES[error.exitCode], detail: error.message, fix: error.fix };
  // Errors of the server and of the data folder name their fix themselves.
  const code = (error as { readonly code?: unknown } | null)?.code;
  return {
    code: typeof code === 'string' ? code : 'FAILED',
    detail: error instanceof Error ? error.message : String(error),
  };
}
