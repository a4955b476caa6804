import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { EmbeddedJobQueue, JobStore, openEmbeddedStores, type EmbeddedStoresOptions } from '@attune/stores';
import { laneOf } from '../jobs/lanes.js';
import { namedUsers } from '../jobs/named-users.js';
import type { Backend } from './backend.js';

export interface EmbeddedBackendOptions extends Omit<EmbeddedStoresOptions, 'clock'> {
  readonly clock: Backend['clock'];
}

/** Data on disk and jobs in this process. */
export async function openEmbeddedBackend({ clock, ...options }: EmbeddedBackendOptions): Promise<Backend> {
  const stores = await openEmbeddedStores({ ...options, clock: () => clock.now() });
  return {
    folder: stores.folder,
    clock,
    isShared: false,
    worksJobs: true,
    open: (scope) => stores.open(scope),
    async openQueue({ tenant, works, warn }) {
      const store = await JobStore.open(join(stores.folder, 'tenants', tenant, 'jobs'), { clock, warn });
      const newId = (): string => `job-${randomUUID()}`;
      return new EmbeddedJobQueue(store, { works, laneOf, named: namedUsers, clock, newId });
    },
    announce: (address) => stores.announce(address),
    close: () => stores.close(),
  };
}
