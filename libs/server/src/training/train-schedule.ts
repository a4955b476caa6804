import type { TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { JobQueue } from '@attune/sdk';
import type { JobRequest } from '../jobs/job.js';

const HOUR_MS = 3_600_000;
/** How often it is looked whether a training is due: no timer can wait for months. */
const LOOK_MS = 60_000;

export interface ScheduleParts {
  readonly jobs: JobQueue<JobRequest>;
  readonly artifacts: TenantStores['artifacts'];
  readonly clock: { now(): number };
}

/**
 * Enqueues a training of each trainer that asks for one every so many hours, counted from its newest model, so that a
 * restart does not put it off; without a model, from now. Returns how to look at once, and how to stop.
 */
export async function scheduleTraining(
  { train }: Pick<Config, 'train'>,
  { jobs, artifacts, clock }: ScheduleParts,
): Promise<{ readonly look: () => Promise<void>; readonly stop: () => void }> {
  const last = new Map<string, number>();
  for (const { use } of train) {
    const models = await artifacts.list(use);
    last.set(
      use,
      models.length === 0 ? clock.now() : Math.max(...models.map(({ createdAt }) => Date.parse(createdAt))),
    );
  }
  const look = async (): Promise<void> => {
    for (const { use, everyHours } of train) {
      if (everyHours === undefined) continue;
      const before = last.get(use)!;
      const dueAt = before + everyHours * HOUR_MS;
      if (clock.now() < dueAt) continue;
      last.set(use, clock.now());
      // The key makes it one job, however many processes look.
      const accepted = jobs.accept({ type: 'train', use: [use] }, `schedule ${use} ${new Date(dueAt).toISOString()}`);
      await accepted.catch((error: unknown) => {
        last.set(use, before);
        throw error;
      });
    }
  };
  // A queue that cannot be reached is asked again: what is due stays due.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS).unref();
  return { look, stop: () => clearInterval(timer) };
}
