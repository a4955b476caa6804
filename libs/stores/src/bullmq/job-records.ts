import type { ChainableCommander } from 'ioredis';
import { z } from 'zod';
import { AttuneError, type JobStatus } from '@attune/sdk';
import { hashesOf, KEY_LASTS_MS } from '../embedded/jobs/idempotency-keys.js';
import type { NamedUsers } from '../jobs/named-users.js';
import type { RedisScript } from '../redis/redis.connection.js';
import { requestHash, type JobKeys } from './job-keys.js';
import { STATUS_FIELDS, statusOf } from './job-record.js';
import { ACCEPT, CANCEL, FORGET, REWRITE } from './job-scripts.js';

/** Jobs listed at most. */
const MOST_LISTED = 1_000;
/** Records read at a time: what jobs were asked may be long. */
const CHUNK = 100;
/** Users forgotten while a job is under way are remembered for it this long, should it never end. */
const FORGOTTEN_MS = 24 * 3_600_000;

/** How records are reached. */
export interface RecordAccess {
  script(script: RedisScript, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown>;
  pipeline(fill: (commands: ChainableCommander) => void): Promise<readonly unknown[]>;
}

/** A request as it is taken. */
export interface Asked<R> {
  readonly id: string;
  readonly request: R;
  readonly key?: string | undefined;
  /** Milliseconds. */
  readonly now: number;
}

const acceptedSchema = z.tuple([z.enum(['new', 'equal', 'known', 'reused']), z.string()]);
const usedSchema = z.tuple([z.string().nullable(), z.string().nullable()]);
const idsSchema = z.array(z.string());
const textSchema = z.string().nullable();

/**
 * What is known of a tenant's jobs, in Redis, changed by scripts so that no two processes decide differently. Every call
 * throws AttuneError STORE_UNAVAILABLE where Redis cannot be reached.
 */
export class JobRecords<R extends { readonly type: string }> {
  constructor(
    private readonly redis: RecordAccess,
    readonly keys: JobKeys,
  ) {}

  /** The job that does it: this one, an equal one that waits, or the one the key stands for. */
  async accept({ id, request, key, now }: Asked<R>): Promise<string> {
    const { keys } = this;
    const text = JSON.stringify(request);
    const equal = requestHash(text);
    const hashes = key === undefined ? undefined : hashesOf(key, request);
    const named = [keys.record(id), keys.equals + equal, keys.all, keys.unended, keys.count];
    if (hashes !== undefined) named.push(keys.used(hashes.key));
    const values = [
      keys.records,
      keys.changes,
      id,
      request.type,
      now,
      text,
      equal,
      hashes?.request ?? '',
      KEY_LASTS_MS,
    ];
    const [answer, job] = acceptedSchema.parse(await this.redis.script(ACCEPT, named, values));
    if (answer === 'reused') throw reused(job);
    return job;
  }

  /** @throws AttuneError IDEMPOTENCY_KEY_REUSED */
  async known(request: R, key: string): Promise<string | undefined> {
    const hashes = hashesOf(key, request);
    const [fields] = await this.redis.pipeline((all) => all.hmget(this.keys.used(hashes.key), 'request', 'job'));
    const [used, job] = usedSchema.parse(fields);
    if (used === null || job === null) return undefined;
    if (used !== hashes.request) throw reused(job);
    return job;
  }

  async statuses(ids: readonly string[]): Promise<readonly (JobStatus | undefined)[]> {
    const fields = await this.redis.pipeline((all) => {
      for (const id of ids) all.hmget(this.keys.record(id), ...STATUS_FIELDS);
    });
    return fields.map((of) => statusOf(of));
  }

  /** Newest first. */
  async list(): Promise<readonly JobStatus[]> {
    const [ids] = await this.redis.pipeline((all) => all.zrevrange(this.keys.all, 0, MOST_LISTED - 1));
    return (await this.statuses(idsSchema.parse(ids))).filter((job) => job !== undefined);
  }

  /** Jobs that have not ended, oldest first. */
  async unended(): Promise<readonly string[]> {
    return await this.#idsIn(this.keys.unended);
  }

  /** Failed jobs that can be done again, oldest first. */
  async failed(): Promise<readonly string[]> {
    return await this.#idsIn(this.keys.failed);
  }

  /** What a job was asked, as long as that is known. */
  async requestOf(id: string): Promise<R | undefined> {
    const [text] = await this.#texts([id]);
    // Written by `accept` only.
    return text === undefined ? undefined : (JSON.parse(text) as R);
  }

  /** The state it was in; undefined where there is no such job. */
  async cancel(id: string, now: number): Promise<string | undefined> {
    const { unended, changes, cancels, equals } = this.keys;
    const values = [id, changes, cancels, equals, now];
    const state = await this.redis.script(CANCEL, [this.keys.record(id), unended], values);
    return textSchema.parse(state) ?? undefined;
  }

  /** Which of these jobs were told to stop, and which are gone. */
  async stopped(ids: readonly string[]): Promise<readonly { readonly canceled: boolean; readonly gone: boolean }[]> {
    const fields = await this.redis.pipeline((all) => {
      for (const id of ids) all.hmget(this.keys.record(id), 'state', 'cancel');
    });
    return fields.map((of) => {
      const [state, cancel] = usedSchema.parse(of);
      return { canceled: cancel !== null, gone: state === null };
    });
  }

  /** Whether a job that has not ended names him. */
  async names(userId: string, named: NamedUsers<R>): Promise<boolean> {
    for await (const { request } of this.#requests(await this.unended()))
      if (named.usersOf(request).includes(userId)) return true;
    return false;
  }

  /** Takes users out of what jobs were asked: how many that have not ended named one. */
  async forgetAsked(users: ReadonlySet<string>, named: NamedUsers<R>): Promise<number> {
    const unended = await this.unended();
    let forgotten = 0;
    for (const id of unended) forgotten += await this.#forgetAskedOf(id, users, named);
    for (const id of await this.failed()) await this.#forgetAskedOf(id, users, named);
    return forgotten;
  }

  /** Has jobs under way leave users out of what they find; the jobs whose result is being stored just now. */
  async forgetFound(userIds: readonly string[]): Promise<readonly string[]> {
    const sealed: string[] = [];
    for (const id of await this.unended()) {
      const keys = [this.keys.record(id), this.keys.forgotten(id)];
      if ((await this.redis.script(FORGET, keys, [FORGOTTEN_MS, ...userIds])) === 1) sealed.push(id);
    }
    return sealed;
  }

  async #forgetAskedOf(id: string, users: ReadonlySet<string>, named: NamedUsers<R>): Promise<number> {
    for (;;) {
      const [text] = await this.#texts([id]);
      if (text === undefined) return 0;
      const request = JSON.parse(text) as R;
      if (!named.usersOf(request).some((user) => users.has(user))) return 0;
      const instead = JSON.stringify(named.withoutUsers(request, users));
      const values = [id, text, instead, requestHash(instead), this.keys.equals];
      if ((await this.redis.script(REWRITE, [this.keys.record(id)], values)) === 1) return 1;
    }
  }

  async *#requests(ids: readonly string[]): AsyncGenerator<{ readonly request: R }, void> {
    for (let from = 0; from < ids.length; from += CHUNK)
      for (const text of await this.#texts(ids.slice(from, from + CHUNK)))
        if (text !== undefined) yield { request: JSON.parse(text) as R };
  }

  async #texts(ids: readonly string[]): Promise<readonly (string | undefined)[]> {
    const texts = await this.redis.pipeline((all) => {
      for (const id of ids) all.hget(this.keys.record(id), 'request');
    });
    return texts.map((text) => textSchema.parse(text) ?? undefined);
  }

  async #idsIn(key: string): Promise<readonly string[]> {
    const [ids] = await this.redis.pipeline((all) => all.zrange(key, '0', '-1'));
    return idsSchema.parse(ids);
  }
}

function reused(job: string): AttuneError {
  return new AttuneError('IDEMPOTENCY_KEY_REUSED', `the key stands for job '${job}', which is another request`);
}
