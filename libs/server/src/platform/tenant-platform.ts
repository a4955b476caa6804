import type { Engine } from '@attune/engine';
import type { TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { JobQueue } from '../jobs/job-queue.js';

/** Everything one tenant is served with. */
export interface TenantPlatform {
  readonly tenant: string;
  readonly stores: TenantStores;
  readonly engine: Engine;
  readonly jobs: JobQueue;
}

/** What the HTTP layer is put on. */
export interface Platform {
  readonly config: Config;
  readonly clock: { now(): number; monotonic(): number };
  /** Tenant of an API key; undefined for a key nobody has. Without any keys every request is `default`'s. */
  tenantOf(apiKey: string | undefined): TenantPlatform | undefined;
  /** Whether the pipelines are proved and warm. */
  readonly ready: boolean;
  /** Lets go of data, models and threads. May be called twice. */
  close(): Promise<void>;
}
