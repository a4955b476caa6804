import { setImmediate as turn } from 'node:timers/promises';
import {
  estimate,
  METRICS,
  sample,
  SPLIT_TASKS,
  type Estimate,
  type MetricName,
  type SplitTask,
} from '@attune/evaluation';
import type { JobOutcome, JobRequestOf, JobRun } from '../jobs/job.js';
import { askTask, type JudgedSlate } from './ask-task.js';
import { Degradations, type DegradedCount } from './degradations.js';
import { heldBaskets } from './held-baskets.js';
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
      const slates = await askTask(task, held, { ...run, ...asks, progress });
      tasks[task] = await figuresOf(slates, { catalogue: await parts.stores.items.size(), seed });
    }
    await run.result.json({ surface, limit, tasks, degraded: degradations.counts(), note: NOTE });
    return { ok: held.length, failed: 0, errors: [] };
  } finally {
    await engine.close();
  }
}

async function figuresOf(
  slates: readonly JudgedSlate[],
  { catalogue, seed }: { readonly catalogue: number; readonly seed: number },
): Promise<TaskFigures> {
  const shown = new Set(slates.flatMap(({ ids }) => ids));
  const estimates: Partial<Record<MetricName, Estimate>> = {};
  for (const name of METRICS) {
    estimates[name] = estimate(
      slates.map(({ metrics }) => metrics[name]),
      seed,
    );
    // Ten million draws: people's requests go first.
    await turn();
  }
  const coverage = { items: shown.size, share: catalogue === 0 ? 0 : shown.size / catalogue };
  return { users: slates.length, ...(estimates as Record<MetricName, Estimate>), coverage };
}
