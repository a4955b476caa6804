import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ArtifactDraft, Behaviors, GraphPort, Host, PortName, TrainingData } from '@attune/sdk';
import { findPlugin } from '../isolate/find-plugin.js';
import { RequestDeadline } from '../runtime/request-deadline.js';
import { THREAD_CLOCK } from '../runtime/thread-clock.js';
import { seededRandom } from '../runtime/seeded-random.js';
import { assertSound } from './assert-sound.js';
import { threadGraphs } from './thread-graphs.js';

/** Entry of the thread in which one model is fitted. */
export interface FitStart {
  readonly module: string;
  readonly id: string;
  readonly config: unknown;
  readonly data: TrainingData;
  readonly deadlineMs: number;
  readonly seed: string;
  /** Module that exports the thread's `graphs`. */
  readonly graphs: string | undefined;
  readonly flags: Int32Array;
}

/** Nice value of the thread: training gives way to slates. */
const BACKGROUND_NICENESS = 10;
const PROGRESS_EVERY_MS = 100;
/** Share of the deadline a trainer is told; the rest is for handing over. */
const TOLD_SHARE = 0.9;

async function fit(): Promise<void> {
  // On Linux priority belongs to the thread; elsewhere this call would slow the whole process.
  if (process.platform === 'linux') setPriority(BACKGROUND_NICENESS);
  const start = workerData as FitStart;
  const plugin = await findPlugin(start.module, 'trainer', start.id);
  // A trainer is set up without ports: everything it may learn from is in its data.
  const running = (await plugin.setup(start.config, {} as Host<PortName>)) as Behaviors<never, never>['trainer'];
  let saidAt = -Infinity;
  parentPort!.postMessage({ type: 'started' });
  const draft: ArtifactDraft | undefined = await running.fit(start.data, {
    deadline: new RequestDeadline(THREAD_CLOCK, start.deadlineMs * TOLD_SHARE),
    random: seededRandom(start.seed),
    graphs: threadGraphs(start.flags, () => loadGraphs(start)),
    progress(done, total) {
      if (THREAD_CLOCK.monotonic() - saidAt < PROGRESS_EVERY_MS && done < total) return;
      saidAt = THREAD_CLOCK.monotonic();
      parentPort!.postMessage({ type: 'progress', done, total });
    },
  });
  if (draft?.arrays === undefined) throw new Error(`trainer ${start.id} handed over no artifact`);
  // Here and not where slates are served: it reads every number.
  assertSound(start.id, draft);
  const buffers = [...new Set(Object.values(draft.arrays).map(({ buffer }) => buffer))];
  const movable = buffers.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer);
  parentPort!.postMessage({ type: 'fitted', draft }, movable);
}

async function loadGraphs({ graphs, id }: FitStart): Promise<GraphPort> {
  if (graphs === undefined) throw new Error(`trainer ${id} needs graphs, and nothing here runs them`);
  const loaded = (await import(graphs)) as { readonly graphs: GraphPort };
  return loaded.graphs;
}

void fit().catch((error: unknown) =>
  parentPort!.postMessage({ type: 'failed', error: error instanceof Error ? error.message : String(error) }),
);
