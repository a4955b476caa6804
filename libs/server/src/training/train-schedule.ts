import type { Config } from '../config/config.schema.js';
import type { JobQueue } from '../jobs/job-queue.js';

const HOUR_MS = 3_600_000;

/** Enqueues a training of each trainer that asks for one every so many hours. Returns how to stop. */
export function scheduleTraining(config: Config, jobs: JobQueue): () => void {
  const timers = config.train.flatMap(({ use, everyHours }) =>
    everyHours === undefined ? [] : [setInterval(() => jobs.enqueue({ type: 'train', use: [use] }), everyHours * HOUR_MS).unref()],
  );
  return () => timers.forEach((timer) => clearInterval(timer));
}
