import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { TenantStores } from '@attune/sdk';
import type { Logger } from 'pino';
import type { Config } from '../config/config.schema.js';
import { embedCatalogue, type EmbedProgress } from '../embedding/embed-catalogue.js';
import { wakeModels } from '../embedding/wake-models.js';
import { eraseUser } from '../erase/erase-user.js';
import type { Forgets } from '../erase/forgets.js';
import type { PendingErasures } from '../erase/pending-erasures.js';
import { retryErasures } from '../erase/retry-erasures.js';
import type { JobEngineParts } from '../evaluate/own-engine.js';
import type { Encoders } from '../platform/encoders.js';
import { trainModels } from '../training/train-models.js';
import { scheduleTraining } from '../training/train-schedule.js';
import type { JobOutcome } from './job.js';
import { JobQueue } from './job-queue.js';
import { JobStore } from './job-store.js';
import { jobWork, type WritingWork } from './job-work.js';
import { logJobs } from './log-jobs.js';

export interface OpenJobsOptions extends JobEngineParts {
  /** The tenant's folder. */
  readonly folder: string;
  readonly config: Config;
  readonly encoders: Encoders;
  readonly erasures: PendingErasures;
  /** What besides the stores lets go of people; jobs and their results are added. */
  readonly forgets: Forgets[];
  readonly log: Logger;
}

export interface OpenedJobs {
  readonly jobs: JobQueue;
  /** Ends the schedule, then the jobs. */
  close(): Promise<void>;
}

/** Opens a tenant's jobs; what is not embedded or not erased yet is enqueued. */
export async function openJobs(options: OpenJobsOptions): Promise<OpenedJobs> {
  const { tenant, stores, config, encoders, clock, log, erasures } = options;
  const warn = (line: string): void => log.warn(line);
  const store = await JobStore.open(join(options.folder, 'jobs'), { clock, warn });
  const jobs = new JobQueue(store, jobWork(options, writingWork(options)), clock, () => `job-${randomUUID()}`);
  options.forgets.push(
    { place: 'jobs', forget: ({ userIds }) => jobs.forgetAsked(userIds) },
    { place: 'results', forget: ({ userIds }) => jobs.forgetFound(userIds) },
  );
  logJobs(jobs, { tenant, log, monotonic: () => clock.monotonic() });
  const { stop } = await scheduleTraining(config, { jobs, artifacts: stores.artifacts, clock });
  if ([...encoders.spaces.keys()].some((space) => stores.items.withoutVector(space).length > 0)) {
    jobs.enqueue({ type: 'embed' });
  }
  for (const userId of erasures.userIds()) jobs.enqueue({ type: 'erase', userId });
  const stopRetrying = retryErasures(jobs, erasures);
  void wakeModels(encoders, stores.items);
  const close = async (): Promise<void> => {
    stop();
    stopRetrying();
    await jobs.close();
  };
  return { jobs, close };
}

function writingWork(options: OpenJobsOptions): WritingWork {
  const { config, registry, stores, engine, erasures, forgets } = options;
  return {
    train: ({ id, request, signal, progress }) =>
      trainModels({ config, registry, stores, engine }, { jobId: id, use: request.use, signal, progress }),
    embed: ({ signal, progress }) => embedSpaces(options, { signal, progress }),
    async erase({ request, result }) {
      await result.json(await eraseUser({ stores, erasures, forgets }, request.userId));
      return { ok: 1, failed: 0, errors: [] };
    },
  };
}

interface Embedding {
  readonly encoders: Encoders;
  readonly stores: TenantStores;
}

async function embedSpaces({ encoders, stores }: Embedding, run: EmbedProgress): Promise<JobOutcome> {
  let ok = 0;
  for (const space of encoders.spaces.keys()) {
    if (stores.items.withoutVector(space).length === 0) continue;
    ok += await encoders.bulk(space, (encoder) => embedCatalogue(space, stores.items, encoder, run));
  }
  // Only new items can be in a language that nobody has asked in yet.
  if (ok > 0) void wakeModels(encoders, stores.items);
  return { ok, failed: 0, errors: [] };
}
