import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { JobResults, type TenantOptions } from '@attune/stores';
import { openBullJobQueue, openDistributedStores, SharedClock } from '@attune/stores/distributed';
import type { Environment } from '../config/environment.schema.js';
import { laneOf, type Lane } from '../jobs/lanes.js';
import { namedUsers } from '../jobs/named-users.js';
import type { Backend, Role } from './backend.js';

/** A process embeds two pages at a time: while one is stored the model is at the other. */
const LANES = {
  learning: {},
  catalogue: { partsAtOnce: 2 },
  backfill: { partsAtOnce: 2 },
  reading: {},
  writing: {},
} as const satisfies Record<Lane, object>;

export interface DistributedBackendOptions extends Omit<TenantOptions, 'clock'> {
  /** Of this machine; the backend's is that of Redis. */
  readonly clock: Backend['clock'];
  readonly environment: Environment;
  readonly role: Role;
  /** Folder that all processes share, for models and results of jobs. */
  readonly folder: string;
}

/** Data in Elasticsearch, jobs in Redis, models and results in a shared folder: this process holds nothing of its own. */
export async function openDistributedBackend({
  environment,
  role,
  ...options
}: DistributedBackendOptions): Promise<Backend> {
  const { ELASTICSEARCH_URL = '', ELASTICSEARCH_API_KEY, REDIS_URL = '', ATTUNE_STORE_PREFIX: prefix } = environment;
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const redis = { url: REDIS_URL, prefix };
  const clock = await SharedClock.open(redis, options.clock);
  const stores = await openDistributedStores({
    ...options,
    clock: () => clock.now(),
    elasticsearch: { url: ELASTICSEARCH_URL, apiKey: ELASTICSEARCH_API_KEY, prefix },
    redis,
    artifactFolder: join(folder, 'artifacts'),
  }).catch((error: unknown) => {
    clock.close();
    throw error;
  });
  const worksJobs = role !== 'gateway';
  return {
    folder,
    clock,
    isShared: true,
    worksJobs,
    open: (scope) => stores.open(scope),
    async openQueue({ tenant, works, warn }) {
      const results = await JobResults.open(join(folder, 'results', encodeURIComponent(tenant)), { shared: true });
      const newId = (): string => `job-${randomUUID()}`;
      const parts = { redis, tenant, lanes: LANES, laneOf, named: namedUsers, results, clock, newId, warn };
      return await openBullJobQueue({ ...parts, ...(worksJobs && { works }) });
    },
    announce: () => Promise.resolve(),
    async close() {
      clock.close();
      await stores.close();
    },
  };
}
