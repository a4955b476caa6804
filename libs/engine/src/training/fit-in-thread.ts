import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ArtifactDraft, TrainingData } from '@attune/sdk';
import type { RegisteredPlugin } from '../registry.js';
import type { FitStart } from './fit-worker.js';

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
}

type FromFit =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'fitted'; readonly draft: ArtifactDraft }
  | { readonly type: 'failed'; readonly error: string };

/**
 * Fits one model in a worker thread: slates stay fast meanwhile. Ended at its deadline or when the signal aborts.
 * Rejects where the trainer throws, is ended, or hands over an artifact that fails its gate.
 */
export async function fitInThread(
  { plugin, origin }: RegisteredPlugin<'trainer'>,
  options: FitOptions,
): Promise<ArtifactDraft> {
  const { config, data, deadlineMs, seed, signal } = options;
  signal.throwIfAborted();
  const start: FitStart = { module: origin.module, id: plugin.id, config, data, deadlineMs, seed };
  const worker = new Worker(ENTRY, { workerData: start, env: {}, execArgv: [] });
  try {
    const draft = await new Promise<ArtifactDraft>((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new Error(`trainer ${plugin.id} was ended after ${deadlineMs} ms: raise its deadline or train on less`),
          ),
        deadlineMs,
      );
      const stop = (): void => reject(new Error(`training of ${plugin.id} was canceled`));
      signal.addEventListener('abort', stop, { once: true });
      worker.on('message', (message: FromFit) => {
        if (message.type === 'progress') options.progress(message.done, message.total);
        else if (message.type === 'fitted') resolve(message.draft);
        else reject(new Error(message.error));
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        reject(new Error(`the thread fitting ${plugin.id} ended`));
      });
    });
    assertSound(plugin.id, draft);
    return draft;
  } finally {
    await worker.terminate();
  }
}

/** Refuses an artifact that no plugin should read: numbers that are none, or a quality below its own gate. */
export function assertSound(name: string, { arrays, evaluation }: ArtifactDraft): void {
  for (const [key, array] of Object.entries(arrays)) {
    if (!(array instanceof Float32Array || array instanceof Float64Array)) continue;
    for (const value of array)
      if (!Number.isFinite(value))
        throw new Error(`artifact ${name} is refused: array '${key}' holds ${value}; the previous one stays`);
  }
  if (evaluation !== undefined && !(evaluation.value >= evaluation.minimum)) {
    throw new Error(
      `artifact ${name} is refused: ${evaluation.metric} ${evaluation.value} is below ${evaluation.minimum}; the previous one stays`,
    );
  }
}
