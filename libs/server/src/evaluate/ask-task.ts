import type { Engine } from '@attune/engine';
import { listMetrics, wantedOf, type HeldBasket, type ListMetrics, type SplitTask } from '@attune/evaluation';
import type { JobRun } from '../jobs/job.js';
import { asked } from './asked.js';
import type { Degradations } from './degradations.js';
import { inBatches } from './in-batches.js';

export interface TaskRun extends Pick<JobRun, 'id' | 'signal' | 'progress'> {
  readonly engine: Engine;
  readonly surface: string;
  readonly limit: number;
  readonly monotonic: () => number;
  readonly degradations: Degradations;
}

/** A slate as of just before a basket, and how well it found what was in it. */
export interface JudgedSlate {
  readonly ids: readonly string[];
  readonly metrics: ListMetrics;
}

/** Slates for users as of just before their last baskets, in their order; users with nothing to find are left out. */
export async function askTask(
  task: SplitTask,
  held: readonly HeldBasket[],
  run: TaskRun,
): Promise<readonly JudgedSlate[]> {
  const slates: JudgedSlate[] = [];
  const seen = task === 'wholeBasket' ? 'include' : 'exclude';
  const all = held.map((one) => ({ ...one, wanted: wantedOf(one, task) })).filter(({ wanted }) => wanted.size > 0);
  await inBatches(all, run, async (batch) => {
    const requests = batch.map(({ userId, askAt }) =>
      asked({ id: `${run.id} ${userId}`, now: askAt, userId, limit: run.limit, seen }),
    );
    const served = await run.engine.serve(run.surface, requests);
    for (const [i, { slate }] of served.entries()) {
      const ids = slate.items.map(({ id }) => id);
      slates.push({ ids, metrics: listMetrics(ids, batch[i]!.wanted, run.limit) });
      run.degradations.add(slate.degraded);
    }
  });
  return slates;
}
