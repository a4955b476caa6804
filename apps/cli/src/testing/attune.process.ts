import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', '..', 'dist', 'main.js');
const SERVER = join(__dirname, 'server.child.cjs');

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  /** Folder it runs in. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
}

/** A process of the tests: the built command line, or a server. */
export class TestProcess {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;

  constructor(program: string, args: readonly string[], { cwd, env = {}, node = [] }: ProcessOptions) {
    const child = spawn(process.execPath, [...node, program, ...args], {
      cwd,
      env: { PATH: process.env['PATH'], ATTUNE_DEMO: 'off', ATTUNE_LOG_LEVEL: 'error', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#child = child;
    this.ended = once(child, 'close').then(([code]) => {
      return { code: code as number | null, stdout: this.stdout, stderr: this.stderr };
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }
}

/** The built command line, running. */
export const startAttune = (args: readonly string[], options: ProcessOptions): TestProcess =>
  new TestProcess(MAIN, args, options);

/** The built command line, ended. */
export const attune = (args: readonly string[], options: ProcessOptions): Promise<Ended> =>
  startAttune(args, options).ended;

/** A server, starting. */
export const startServerProcess = (options: ProcessOptions): TestProcess =>
  new TestProcess(SERVER, [], { ...options, env: { PORT: '0', ...options.env } });

/** Its address, once it listens. */
export async function listening(server: TestProcess): Promise<string> {
  await until('the server to listen', async () => {
    const ended = await Promise.race([server.ended, Promise.resolve(undefined)]);
    if (ended !== undefined) throw new Error(`the server ended: ${ended.stderr}`);
    return server.stdout.endsWith('\n');
  });
  return server.stdout.trim();
}

const POLL_MS = 10;
/** A guard against what never comes, not a measure: a busy machine may stand still for a while. */
const PATIENCE_MS = 300_000;

/** Resolves when the condition holds; rejects, saying what was waited for, after `PATIENCE_MS`. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${PATIENCE_MS} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
