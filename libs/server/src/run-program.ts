import { startServer } from './on-demand.js';
import type { StartOptions } from './start-server.js';

export interface ProgramOptions extends Pick<StartOptions, 'version' | 'role'> {
  /** What `--help` says. */
  readonly help: string;
  /** How the program is called, for an argument it does not know. */
  readonly usage: string;
}

/** A server as a program: reads the arguments of this process, runs until a signal, and ends the process. */
export async function runProgram({ help, usage, ...start }: ProgramOptions): Promise<void> {
  try {
    const [argument] = process.argv.slice(2);
    if (argument === '--help' || argument === '-h') return void process.stdout.write(help);
    if (argument === '--version') return void process.stdout.write(`${start.version}\n`);
    if (argument !== undefined) throw new Error(`unknown argument '${argument}': see ${usage} --help`);
    await serveUntilStopped(start);
  } catch (error) {
    fail(error);
  }
}

/** Ends by itself at SIGINT or SIGTERM, also while it starts; a model at work must not be ended from outside. */
async function serveUntilStopped(start: Pick<StartOptions, 'version' | 'role'>): Promise<void> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  // Ctrl-C under npm comes twice: from the terminal and from npm. It stops once.
  const stop = (): void => stopping.abort(new Error('stopped before it listened'));
  process.on('SIGINT', stop).on('SIGTERM', stop);
  // Node would end a process that has nothing left to do as if all were well.
  process.once('beforeExit', () => fail(new Error('ended while it started: a plugin waits for what never comes')));
  try {
    const server = await startServer({ ...start, variables: process.env, signal: stopping.signal });
    await stopped;
    await server.stop();
  } catch (error) {
    if (error !== stopping.signal.reason) throw error;
  }
  process.exit(0);
}

function fail(error: unknown): void {
  const lines = error instanceof Error ? error.message : String(error);
  process.stderr.write(`attune: ${lines}\n`);
  if (process.env['ATTUNE_LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
