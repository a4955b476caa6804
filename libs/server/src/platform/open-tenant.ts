import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Engine, type PipelineSource, type Registry } from '@attune/engine';
import type { EmbedPort, TenantStores } from '@attune/sdk';
import type { Logger } from 'pino';
import type { Config } from '../config/config.schema.js';
import { requireFilters } from '../config/required-filters.js';
import { embedCatalogue, type EmbedProgress } from '../embedding/embed-catalogue.js';
import { JobQueue } from '../jobs/job-queue.js';
import { JobStore } from '../jobs/job-store.js';
import { logJobs } from '../jobs/log-jobs.js';
import type { JobOutcome, JobWork } from '../jobs/job.js';
import { scheduleTraining } from '../training/train-schedule.js';
import { trainModels } from '../training/train-models.js';
import type { Encoders } from './encoders.js';
import { hostPorts } from './host-ports.js';
import type { Platform, TenantPlatform } from './tenant-platform.js';

export interface OpenTenantOptions {
  readonly tenant: string;
  readonly stores: TenantStores;
  /** Folder for what is the tenant's but in no store: its jobs. */
  readonly folder: string;
  readonly config: Config;
  readonly registry: Registry;
  readonly encoders: Encoders;
  readonly embed: EmbedPort;
  readonly surfaces: readonly PipelineSource[];
  readonly clock: Platform['clock'];
  readonly log: Logger;
}

export interface OpenedTenant extends TenantPlatform {
  close(): Promise<void>;
}

/** Proves and warms a tenant's pipelines and opens its jobs; what is not embedded yet is enqueued. */
export async function openTenant(options: OpenTenantOptions): Promise<OpenedTenant> {
  const { tenant, stores, registry, encoders, clock } = options;
  const ports = hostPorts(stores, options.embed, (line) => options.log.warn(line));
  const engine = new Engine({ tenant, registry, ports, stores, spaces: encoders.spaces, clock });
  try {
    // What the engine has against them comes first: a filter that is lacking may only be misspelled.
    await engine.load(options.surfaces);
    requireFilters(options.surfaces);
    const { jobs, stop } = await openJobs(options, engine);
    const close = async (): Promise<void> => {
      stop();
      await jobs.close();
      await engine.close();
    };
    return { tenant, stores, engine, jobs, close };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

interface OpenedJobs {
  readonly jobs: JobQueue;
  /** Ends the schedule. */
  readonly stop: () => void;
}

async function openJobs(options: OpenTenantOptions, engine: Engine): Promise<OpenedJobs> {
  const { tenant, stores, config, registry, encoders, clock, log } = options;
  const work: JobWork = ({ id, request, signal, progress }) =>
    request.type === 'train'
      ? trainModels({ config, registry, stores, engine }, { jobId: id, use: request.use, signal, progress })
      : embedSpaces(options, { signal, progress });
  const warn = (line: string): void => log.warn(line);
  const store = await JobStore.open(join(options.folder, 'jobs'), { clock, warn });
  const jobs = new JobQueue(store, work, clock, () => `job-${randomUUID()}`);
  logJobs(jobs, { tenant, log, monotonic: () => clock.monotonic() });
  const { stop } = await scheduleTraining(config, { jobs, artifacts: stores.artifacts, clock });
  if ([...encoders.spaces.keys()].some((space) => stores.items.withoutVector(space).length > 0)) {
    jobs.enqueue({ type: 'embed' });
  }
  return { jobs, stop };
}

async function embedSpaces({ encoders, stores }: OpenTenantOptions, run: EmbedProgress): Promise<JobOutcome> {
  let ok = 0;
  for (const space of encoders.spaces.keys()) {
    if (stores.items.withoutVector(space).length === 0) continue;
    ok += await encoders.bulk(space, (encoder) => embedCatalogue(space, stores.items, encoder, run));
  }
  return { ok, failed: 0, errors: [] };
}
