import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-code.js';
import { createProgram } from './program.js';

/** Ctrl-C asks the command to stop in order; a second one ends it at once. */
function interruptible(): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(EXIT.interrupted);
    stopping.abort(new Error('stopped by Ctrl-C'));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return stopping.signal;
}

/** Node would end a process that has nothing left to do as if all were well. */
function endedBeforeItWasDone(): void {
  process.stderr.write('attune: ended before it was done: a plugin waits for what never comes\n');
  process.exit(EXIT.failed);
}

async function main(): Promise<void> {
  process.once('beforeExit', endedBeforeItWasDone);
  let code: ExitCode = EXIT.ok;
  const { stdout, stderr, env: variables } = process;
  // A reader that has seen enough, such as `head`, is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed));
  const program = createProgram({ stdout, stderr, variables, signal: interruptible(), exit: (end) => (code = end) });
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end with 0; everything else that is thrown while arguments are read is a wrong call.
    code = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  process.off('beforeExit', endedBeforeItWasDone);
  process.exitCode = code;
}

main().catch((error: unknown) => {
  process.stderr.write(`attune: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(EXIT.failed);
});
