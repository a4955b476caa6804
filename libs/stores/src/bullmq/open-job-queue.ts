import type { JobWorks } from '@attune/sdk';
import type { JobResults } from '../jobs/job-results.js';
import type { NamedUsers } from '../jobs/named-users.js';
import { RedisConnection, type RedisOptions } from '../redis/redis.connection.js';
import { JobChanges } from './job-changes.js';
import { JobCrew } from './job-crew.js';
import { JobKeys } from './job-keys.js';
import { JobLanes, type Lanes } from './job-lanes.js';
import { BullJobQueue } from './job-queue.adapter.js';
import { JobRecords } from './job-records.js';
import { JobRuns } from './job-runs.js';
import { Outage } from './outage.js';
import { PatientAccess } from './patient-access.js';
import { RunningRecords } from './running-records.js';

const STALLED_AFTER_MS = 15_000;
const DRAIN_MS = 20_000;
const PART_ATTEMPTS = 3;
const PART_BACKOFF_MS = 1_000;

export interface BullJobQueueOptions<R extends { readonly type: string }> {
  readonly redis: RedisOptions;
  readonly tenant: string;
  /** Jobs of one lane run one after the other, in whatever process; lanes run beside each other. */
  readonly lanes: Lanes;
  readonly laneOf: (type: R['type']) => string;
  readonly named: NamedUsers<R>;
  /** In a folder that all processes share. */
  readonly results: JobResults;
  readonly clock: { now(): number };
  readonly newId: () => string;
  /** Where given, this process does jobs, too. */
  readonly works?: JobWorks<R> | undefined;
  /** How often a part is tried, default 3. */
  readonly partAttempts?: number | undefined;
  /** Pause after the first failure of a part, milliseconds, default 1,000; it doubles with each. */
  readonly partBackoffMs?: number | undefined;
  /** After how many milliseconds without a sign of life a process is believed dead, default 15,000. */
  readonly stalledAfterMs?: number | undefined;
  /** How long `close` waits for jobs to end by themselves, milliseconds, default 20,000. */
  readonly drainMs?: number | undefined;
  readonly warn: (line: string) => void;
}

/** Opens a tenant's jobs in Redis. Where that cannot be reached yet, calls fail until it can. */
export async function openBullJobQueue<R extends { readonly type: string }>(
  options: BullJobQueueOptions<R>,
): Promise<BullJobQueue<R>> {
  const { redis } = options;
  const keys = new JobKeys(redis.prefix, options.tenant);
  const connection = new RedisConnection(redis);
  const outage = new Outage(connection.client, options.warn);
  const shared: Shared = {
    keys,
    outage,
    connection,
    changes: new JobChanges(redis.url, keys),
    lanes: new JobLanes(connection, keys, options.lanes),
    runs: new JobRuns(),
    followed: new Set(),
    ended: new AbortController(),
  };
  await connection.open();
  const jobs = new BullJobQueue<R>({
    ...options,
    ...shared,
    laneNames: Object.keys(options.lanes),
    records: new JobRecords(connection, keys),
    patient: new JobRecords(new PatientAccess(connection, shared.ended.signal), keys),
    crew: options.works === undefined ? undefined : crewOf(options, options.works, shared),
  });
  await shared.changes.open();
  return jobs;
}

interface Shared {
  readonly keys: JobKeys;
  readonly outage: Outage;
  readonly connection: RedisConnection;
  readonly changes: JobChanges;
  readonly lanes: JobLanes;
  readonly runs: JobRuns;
  readonly followed: Set<string>;
  /** Aborted when Redis is waited for no longer. */
  readonly ended: AbortController;
}

function crewOf<R extends { readonly type: string }>(
  options: BullJobQueueOptions<R>,
  works: JobWorks<R>,
  { keys, outage, connection, followed, ended, ...shared }: Shared,
): JobCrew<R> {
  const { laneOf, results, clock, warn, lanes } = options;
  const access = new PatientAccess(connection, ended.signal);
  const parts = {
    ...{ works, laneOf, results, clock, warn, ...shared },
    records: new JobRecords<R>(access, keys),
    running: new RunningRecords<R>(access, keys),
    partAttempts: options.partAttempts ?? PART_ATTEMPTS,
    partBackoffMs: options.partBackoffMs ?? PART_BACKOFF_MS,
    follow: (id: string) => void followed.add(id),
    unfollow: (id: string) => void followed.delete(id),
    ended: ended.signal,
  };
  return new JobCrew(parts, {
    ...{ url: options.redis.url, keys, lanes },
    stalledAfterMs: options.stalledAfterMs ?? STALLED_AFTER_MS,
    drainMs: options.drainMs ?? DRAIN_MS,
    failed: (error) => outage.met(error),
    end: () => ended.abort(),
  });
}
