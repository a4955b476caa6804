import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelAnswer, ModelError, type ModelLikelihoods } from '../language-model.js';
import type { GgufJob, GgufReply, GgufRequest, GgufStart } from './gguf-protocol.js';

/** Built beside this file; the same path from `src` (tests) and from `dist`. */
const CHILD_FILE = join(__dirname, '..', '..', '..', 'dist', 'llm', 'gguf', 'gguf.child.js');

/** What of our environment reaches the process: what programs are found by. Keys and passwords have no business there. */
const ENVIRONMENT = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMPDIR'];

type Result<K extends GgufJob['kind']> = K extends 'answer' ? ModelAnswer : ModelLikelihoods;

interface Waiting {
  resolve(result: ModelAnswer | ModelLikelihoods): void;
  reject(reason: unknown): void;
  onPiece(text: string): void;
}

/** Our end of the process of a model: jobs out, answers in. */
export class GgufProcess {
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #nextId = 0;
  #end: ModelError | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    this.#ended = new Promise((resolve) => child.once('close', () => resolve()));
    child.on('message', (reply: GgufReply) => this.#receive(reply));
    child.once('error', (cause) => this.#stopAll(new ModelError('unavailable', `${name} broke off`, { cause })));
    child.once('close', (code, killed) => this.#stopAll(crashed(name, killed ?? `code ${code}`)));
  }

  /** Starts the process and waits until it has the model. Rejects with a `ModelError` that says why it has not. */
  static async start(start: GgufStart, name: string): Promise<GgufProcess> {
    if (!existsSync(CHILD_FILE)) throw new Error(`${CHILD_FILE} is missing; run "npm run build"`);
    const env = Object.fromEntries(ENVIRONMENT.map((key) => [key, process.env[key]]));
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
    // For `freeNativeMemory`.
    const execArgv = ['--expose-gc'];
    const child = fork(CHILD_FILE, { execArgv, env, serialization: 'advanced', stdio: [...stdio] });
    await new Promise<void>((resolve, reject) => {
      child.once('message', (reply: GgufReply) => {
        if (reply.kind === 'ready') return resolve();
        child.kill('SIGKILL');
        reject(new ModelError('refused', reply.kind === 'refused' ? reply.message : `${name} spoke out of turn`));
      });
      child.once('error', (cause) => reject(new ModelError('unavailable', `${name} cannot be started`, { cause })));
      child.once('close', (code, killed) => reject(crashed(name, killed ?? `code ${code}`)));
      child.send(start);
    });
    return new GgufProcess(child, name);
  }

  /** Why it takes no more jobs, once it does not. */
  get end(): ModelError | undefined {
    return this.#end;
  }

  /** Does a job after those before it. Rejects with a `ModelError`, or at once with the signal's reason when that aborts. */
  work<J extends GgufJob>(job: J, signal: AbortSignal, onPiece?: (text: string) => void): Promise<Result<J['kind']>>;
  work(job: GgufJob, signal: AbortSignal, onPiece: (text: string) => void = () => undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      if (this.#end !== undefined) return reject(this.#end);
      const id = this.#nextId++;
      const stop = (): void => {
        this.#waiting.delete(id);
        this.#tell({ kind: 'stop', id });
        reject(signal.reason as Error);
      };
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T): void => {
          signal.removeEventListener('abort', stop);
          settle(value);
        };
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#waiting.set(id, { resolve: settled(resolve), reject: settled(reject), onPiece });
      this.#tell({ kind: 'job', id, job });
    });
  }

  /** Rejects what is not answered yet; resolves when the process has ended. It has nothing that would need to be kept. */
  close(): Promise<void> {
    this.#stopAll(new ModelError('unavailable', `${this.name} is closed`));
    this.child.kill('SIGKILL');
    return this.#ended;
  }

  #tell(request: GgufRequest): void {
    // Where the channel has gone, `close` is on its way and rejects what waits.
    if (this.child.connected) this.child.send(request, () => undefined);
  }

  #receive(reply: GgufReply): void {
    if (reply.kind === 'ready' || reply.kind === 'refused') return;
    const waiting = this.#waiting.get(reply.id);
    if (reply.kind === 'piece') return waiting?.onPiece(reply.text);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'done') waiting?.resolve(reply.result);
    else waiting?.reject(new ModelError(reply.error, reply.message));
  }

  #stopAll(reason: ModelError): void {
    this.#end ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}

function crashed(name: string, how: string): ModelError {
  return new ModelError('unavailable', `the process of ${name} ended (${how}): was there memory enough?`);
}
