import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ArtifactDraft, TrainingData } from '@attune/sdk';
import type { RegisteredPlugin } from '../registry.js';
import type { FitStart } from './fit-worker.js';
import { threadFlags, whenIdle } from './thread-graphs.js';

// Both `src` and `dist` have the built entry at the same place.
const ENTRY = join(__dirname, '..', '..', 'dist', 'training', 'fit-worker.js');

export interface FitOptions {
  readonly config: unknown;
  readonly data: TrainingData;
  readonly deadlineMs: number;
  /** Seeds the trainer's random numbers: the job's id. */
  readonly seed: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  /** Absolute path of a module that exports `graphs`, a `GraphPort`; without it a trainer can run none. */
  readonly graphs?: string;
}

/** Loading the module and handing over the data have a time of their own. */
const START_MS = 30_000;

type FromFit =
  | { readonly type: 'started' }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'fitted'; readonly draft: ArtifactDraft }
  | { readonly type: 'failed'; readonly error: string };

/**
 * Fits one model in a worker thread: slates stay fast meanwhile. Ended at its deadline or when the signal aborts; the
 * trainer itself is told nine tenths of the time, so that one that stops in time can still hand its model over.
 * Rejects where the trainer throws, is ended, or hands over an artifact that fails its gate.
 */
export async function fitInThread(
  { plugin, origin }: RegisteredPlugin<'trainer'>,
  options: FitOptions,
): Promise<ArtifactDraft> {
  const { config, data, deadlineMs, seed, signal } = options;
  signal.throwIfAborted();
  const { graphs } = options;
  const flags = threadFlags();
  const start: FitStart = { module: origin.module, id: plugin.id, config, data, deadlineMs, seed, graphs, flags };
  const worker = new Worker(ENTRY, { workerData: start, env: {}, execArgv: [] });
  let hasEnded = false;
  try {
    return await new Promise<ArtifactDraft>((resolve, reject) => {
      const endAfter = (ms: number): NodeJS.Timeout =>
        setTimeout(
          () => reject(new Error(`trainer ${plugin.id} was ended after ${ms} ms: raise its deadline or train on less`)),
          ms,
        );
      let timer = endAfter(START_MS);
      const stop = (): void => reject(new Error(`training of ${plugin.id} was canceled`));
      signal.addEventListener('abort', stop, { once: true });
      worker.on('message', (message: FromFit) => {
        if (message.type === 'started') {
          clearTimeout(timer);
          timer = endAfter(deadlineMs);
        } else if (message.type === 'progress') options.progress(message.done, message.total);
        else if (message.type === 'fitted') resolve(message.draft);
        else reject(new Error(message.error));
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        hasEnded = true;
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        reject(new Error(`the thread fitting ${plugin.id} ended`));
      });
    });
  } finally {
    await whenIdle(flags, () => hasEnded);
    await worker.terminate();
  }
}
