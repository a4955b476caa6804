import { setImmediate as turn } from 'node:timers/promises';
import type { Engine } from '@attune/engine';
import {
  estimate,
  listMetrics,
  METRICS,
  sample,
  SPLIT_TASKS,
  wantedOf,
  type Estimate,
  type HeldBasket,
  type ListMetrics,
  type MetricName,
  type SplitTask,
} from '@attune/evaluation';
import type { JobOutcome, JobRequestOf, JobRun } from '../jobs/job.js';
import { asked } from './asked.js';
import { Degradations, type DegradedCount } from './degradations.js';
import { heldBaskets } from './held-baskets.js';
import { inBatches } from './in-batches.js';
import { openOwnEngine, sourceOf, type JobEngineParts } from './own-engine.js';

/** Users drawn where more have two baskets: the intervals are narrow by then. */
const MOST_USERS = 10_000;

/** Figures of one task: means over users with 95 % intervals. */
export type TaskFigures = Readonly<Record<MetricName, Estimate>> & {
  readonly users: number;
  /** Items shown to anybody, and their share of the catalogue. */
  readonly coverage: { readonly items: number; readonly share: number };
};

export interface Evaluation {
  readonly surface: string;
  /** Items a slate: every metric is at this cut. */
  readonly limit: number;
  readonly tasks: Readonly<Record<SplitTask, TaskFigures>>;
  readonly degraded: readonly DegradedCount[];
  readonly note: string;
}

const NOTE =
  'the promoted models have seen these baskets where they were trained after them: figures are optimistic then; compare pipelines with each other';

/**
 * How well a surface finds the last basket of each user with at least two, asked as of just before it: once for items
 * never bought before, once for everything in it. Throws SURFACE_NOT_FOUND, or an Error where nobody bought twice.
 */
export async function evaluateSurface(
  parts: JobEngineParts,
  run: JobRun<JobRequestOf<'evaluate'>>,
): Promise<JobOutcome> {
  const { surface, users = MOST_USERS, limit, seed } = run.request;
  const source = sourceOf(surface, parts);
  const held = sample(await heldBaskets(parts.stores, parts.clock.now()), users, seed);
  if (held.length === 0) throw new Error('nobody has bought twice yet: send purchases of at least two moments a user');
  const engine = await openOwnEngine(source, parts);
  try {
    const degradations = new Degradations();
    const asks = { engine, surface, limit, monotonic: () => parts.clock.monotonic(), degradations };
    const tasks: Partial<Record<SplitTask, TaskFigures>> = {};
    for (const [i, task] of SPLIT_TASKS.entries()) {
      const progress = (done: number): void => run.progress(i * held.length + done, SPLIT_TASKS.length * held.length);
      const lists = await askTask(task, held, { ...run, ...asks, progress });
      tasks[task] = await figuresOf(lists, { catalogue: await parts.stores.items.size(), seed });
    }
    await run.result.json({ surface, limit, tasks, degraded: degradations.counts(), note: NOTE });
    return { ok: held.length, failed: 0, errors: [] };
  } finally {
    await engine.close();
  }
}

interface TaskRun extends Pick<JobRun, 'id' | 'signal' | 'progress'> {
  readonly engine: Engine;
  readonly surface: string;
  readonly limit: number;
  readonly monotonic: () => number;
  readonly degradations: Degradations;
}

interface Lists {
  readonly metrics: readonly ListMetrics[];
  readonly shown: ReadonlySet<string>;
}

async function askTask(task: SplitTask, held: readonly HeldBasket[], run: TaskRun): Promise<Lists> {
  const metrics: ListMetrics[] = [];
  const shown = new Set<string>();
  const seen = task === 'wholeBasket' ? 'include' : 'exclude';
  const all = held.map((one) => ({ ...one, wanted: wantedOf(one, task) })).filter(({ wanted }) => wanted.size > 0);
  await inBatches(all, run, async (batch) => {
    const requests = batch.map(({ userId, askAt }) =>
      asked({ id: `${run.id} ${userId}`, now: askAt, userId, limit: run.limit, seen }),
    );
    const served = await run.engine.serve(run.surface, requests);
    for (const [i, { slate }] of served.entries()) {
      const ids = slate.items.map(({ id }) => id);
      metrics.push(listMetrics(ids, batch[i]!.wanted, run.limit));
      for (const id of ids) shown.add(id);
      run.degradations.add(slate.degraded);
    }
  });
  return { metrics, shown };
}

async function figuresOf(
  { metrics, shown }: Lists,
  { catalogue, seed }: { readonly catalogue: number; readonly seed: number },
): Promise<TaskFigures> {
  const estimates: Partial<Record<MetricName, Estimate>> = {};
  for (const name of METRICS) {
    estimates[name] = estimate(
      metrics.map((one) => one[name]),
      seed,
    );
    // Ten million draws: people's requests go first.
    await turn();
  }
  const coverage = { items: shown.size, share: catalogue === 0 ? 0 : shown.size / catalogue };
  return { users: metrics.length, ...(estimates as Record<MetricName, Estimate>), coverage };
}
