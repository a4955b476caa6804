import type { Clock } from '@attune/sdk';
import { ModelError } from '../language-model.js';
import { ggufModelId } from './gguf-file.js';
import { GgufProcess } from './gguf-process.js';
import type { GgufStart } from './gguf-protocol.js';

/** A process that crashes again and again is started no more often. */
const RESTART_MS = 30_000;

/** The process of a model, started again by the call after a crash, 30 s after its last start at the earliest. */
export class KeptProcess {
  #running: GgufProcess | undefined;
  #starting: Promise<GgufProcess> | undefined;
  #startedAt = -Infinity;
  #closed: Promise<void> | undefined;

  constructor(
    private readonly id: string,
    private readonly start: GgufStart,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {}

  /** Rejects with a `ModelError` where it does not run and may not be started yet, or does not start. */
  async get(signal?: AbortSignal): Promise<GgufProcess> {
    signal?.throwIfAborted();
    if (this.#closed !== undefined) throw new ModelError('unavailable', `${this.id} is closed`);
    if (this.#running !== undefined && this.#running.end === undefined) return this.#running;
    this.#starting ??= this.#startAgain().finally(() => (this.#starting = undefined));
    return signal === undefined ? this.#starting : orAborted(this.#starting, signal);
  }

  /** Safe to repeat. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    await this.#running?.close();
  }

  async #startAgain(): Promise<GgufProcess> {
    const retryAfterMs = Math.ceil(this.#startedAt + RESTART_MS - this.clock.monotonic());
    if (retryAfterMs > 0) {
      const why = this.#running?.end?.message ?? `${this.id} did not start`;
      const message = `${why}; it is not started again for ${Math.ceil(retryAfterMs / 1000)} s`;
      throw new ModelError('unavailable', message, { retryAfterMs });
    }
    this.#startedAt = this.clock.monotonic();
    // What is cached by its id came from the file as it was.
    if ((await ggufModelId(this.start.file)) !== this.id) {
      throw new ModelError('refused', `${this.start.file} is another model now: start again`);
    }
    return (this.#running = await GgufProcess.start(this.start, this.id));
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
