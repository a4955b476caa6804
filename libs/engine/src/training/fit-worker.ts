import { parentPort, workerData } from 'node:worker_threads';
import type { Behaviors, Host, PortName, TrainingData } from '@attune/sdk';
import { findPlugin } from '../isolate/find-plugin.js';
import { RequestDeadline } from '../runtime/request-deadline.js';
import { THREAD_CLOCK } from '../runtime/thread-clock.js';
import { seededRandom } from '../runtime/seeded-random.js';

/** Entry of the thread in which one model is fitted. */
export interface FitStart {
  readonly module: string;
  readonly id: string;
  readonly config: unknown;
  readonly data: TrainingData;
  readonly deadlineMs: number;
  readonly seed: string;
}

const PROGRESS_EVERY_MS = 100;

async function fit(): Promise<void> {
  const start = workerData as FitStart;
  const plugin = await findPlugin(start.module, 'trainer', start.id);
  // A trainer takes no ports: everything it may learn from is in its data.
  const running = (await plugin.setup(start.config, {} as Host<PortName>)) as Behaviors<never, never>['trainer'];
  let saidAt = -Infinity;
  const draft = await running.fit(start.data, {
    deadline: new RequestDeadline(THREAD_CLOCK, start.deadlineMs),
    random: seededRandom(start.seed),
    progress(done, total) {
      if (THREAD_CLOCK.monotonic() - saidAt < PROGRESS_EVERY_MS && done < total) return;
      saidAt = THREAD_CLOCK.monotonic();
      parentPort!.postMessage({ type: 'progress', done, total });
    },
  });
  const buffers = [...new Set(Object.values(draft.arrays).map(({ buffer }) => buffer))];
  const movable = buffers.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer);
  parentPort!.postMessage({ type: 'fitted', draft }, movable);
}

void fit().catch((error: unknown) =>
  parentPort!.postMessage({ type: 'failed', error: error instanceof Error ? error.message : String(error) }),
);
