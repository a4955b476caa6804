import type { JobQueue, JobWorks, Scope, TenantStores } from '@attune/sdk';
import type { Environment } from '../config/environment.schema.js';
import type { JobRequest } from '../jobs/job.js';
import type { Platform } from './tenant-platform.js';

/** What a process is for: everything, answering requests, or doing jobs. */
export type Role = Environment['ATTUNE_ROLE'] | 'worker';

export interface QueueParts {
  readonly tenant: string;
  readonly works: JobWorks<JobRequest>;
  readonly warn: (line: string) => void;
}

/** Where a server keeps its data and its jobs: in a folder of its own, or in services that many processes share. */
export interface Backend {
  /** Absolute path of the data folder; with services it is shared by all processes, and holds models and results. */
  readonly folder: string;
  /** The time that everybody who uses the data agrees upon. */
  readonly clock: Platform['clock'];
  open(scope: Scope): Promise<TenantStores>;
  /** The jobs of a tenant; whether this process does them is the backend's to know. */
  openQueue(parts: QueueParts): Promise<JobQueue<JobRequest>>;
  /** Whether other processes use the data too. */
  readonly isShared: boolean;
  /** Whether this process does jobs. */
  readonly worksJobs: boolean;
  /** Tells a second process that wants the data where this one answers. */
  announce(address: string): Promise<void>;
  /** Lets go of the data. May be called twice. */
  close(): Promise<void>;
}
