import { createHash } from 'node:crypto';

/** Names of what a tenant's jobs have in Redis. The braces keep a tenant on one node of a cluster. */
export class JobKeys {
  private readonly stem: string;
  /** What the keys of BullMQ begin with. */
  readonly lanes: string;
  /** Ids of all jobs, oldest first. */
  readonly all: string;
  /** Ids of those that have not ended. */
  readonly unended: string;
  /** Ids of failed ones whose request is remembered. */
  readonly failed: string;
  /** How many jobs there were. */
  readonly count: string;
  /** Channel: a job as it is after a change. */
  readonly changes: string;
  /** Channel: id of a job that is to stop. */
  readonly cancels: string;
  /** A record's key is this and the id. */
  readonly records: string;
  /** The key of an equal waiting job is this and the hash of its request. */
  readonly equals: string;

  constructor(prefix: string, tenant: string) {
    this.stem = `${prefix}:{${encodeURIComponent(tenant)}}:jobs:`;
    this.lanes = `${this.stem}lanes`;
    this.all = `${this.stem}all`;
    this.unended = `${this.stem}unended`;
    this.failed = `${this.stem}failed`;
    this.count = `${this.stem}count`;
    this.changes = `${this.stem}changes`;
    this.cancels = `${this.stem}cancels`;
    this.records = `${this.stem}job:`;
    this.equals = `${this.stem}equal:`;
  }

  record(id: string): string {
    return this.records + id;
  }

  /** Users forgotten while the job is under way. */
  forgotten(id: string): string {
    return `${this.stem}forgotten:${id}`;
  }

  /** Which parts of a plan are done, a bit each. */
  parts(id: string, plan: string): string {
    return `${this.stem}parts:${id}:${plan}`;
  }

  /** What an idempotency key was used for; the key is hashed. */
  used(key: string): string {
    return `${this.stem}key:${key}`;
  }
}

/** Tells requests apart without showing what they say: they may name people. */
export function requestHash(request: string): string {
  return createHash('sha256').update(request).digest('base64url');
}
