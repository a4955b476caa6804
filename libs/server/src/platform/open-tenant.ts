import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Engine, type PipelineSource, type Registry } from '@attune/engine';
import type { EmbedPort, TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { embedCatalogue } from '../embedding/embed-catalogue.js';
import { JobQueue } from '../jobs/job-queue.js';
import { JobStore } from '../jobs/job-store.js';
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
  readonly warn: (line: string) => void;
}

export interface OpenedTenant extends TenantPlatform {
  close(): Promise<void>;
}

/** Proves and warms a tenant's pipelines and opens its jobs; what is not embedded yet is enqueued. */
export async function openTenant(options: OpenTenantOptions): Promise<OpenedTenant> {
  const { tenant, stores, config, registry, encoders, clock, warn } = options;
  const ports = hostPorts(stores, options.embed);
  const engine = new Engine({ tenant, registry, ports, stores, spaces: encoders.spaces, clock });
  await engine.load(options.surfaces);
  const work: JobWork = ({ id, request, signal, progress }) =>
    request.type === 'train'
      ? trainModels({ config, registry, stores, engine }, { jobId: id, use: request.use, signal, progress })
      : embedSpaces(options, { signal, progress });
  const jobStore = await JobStore.open(join(options.folder, 'jobs'), { clock, warn });
  const jobs = new JobQueue(jobStore, work, clock, () => `job-${randomUUID()}`);
  if ([...encoders.spaces.keys()].some((space) => stores.items.withoutVector(space).length > 0)) jobs.enqueue({ type: 'embed' });
  const stopSchedule = scheduleTraining(config, jobs);
  return {
    tenant,
    stores,
    engine,
    jobs,
    async close() {
      stopSchedule();
      await jobs.close();
      await engine.close();
    },
  };
}

async function embedSpaces({ encoders, stores }: OpenTenantOptions, run: Parameters<typeof embedCatalogue>[3]): Promise<JobOutcome> {
  let ok = 0;
  for (const space of encoders.spaces.keys()) {
    if (stores.items.withoutVector(space).length === 0) continue;
    ok += await embedCatalogue(space, stores.items, await encoders.bulk(space), run);
  }
  await encoders.rest();
  return { ok, failed: 0, errors: [] };
}
