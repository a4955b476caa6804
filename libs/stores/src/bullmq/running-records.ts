import { z } from 'zod';
import type { JobOutcome, JobStatus } from '@attune/sdk';
import { MOST_ERRORS } from '../jobs/run-work.js';
import type { JobKeys } from './job-keys.js';
import type { RecordAccess } from './job-records.js';
import { COUNT_PART, FINISH, GIVE_BACK, SEAL, START, UPDATE } from './job-scripts.js';

/** Ended jobs are kept this long at least, */
const KEPT_MS = 24 * 3_600_000;
/** and this many however old. */
const KEPT_JOBS = 1_000;
/** Failed jobs whose requests are remembered, to be done again. */
const MOST_FAILED = 100;
/** A line of an error that is told at most, characters. */
const LONGEST_ERROR = 1_000;
/** How long it is remembered which parts of a plan are done. */
const PARTS_MS = 7 * 24 * 3_600_000;

/** A job in the hands of this process. */
export interface Held {
  readonly id: string;
  /** Token by which it holds it. */
  readonly run: string;
}

/** A job that begins. */
export interface Started<R> {
  readonly request: R;
  /** Token of its plan, where all its parts are in the queue already. */
  readonly plan: string | undefined;
  readonly canceled: boolean;
}

export interface Counted {
  readonly parts: number;
  readonly planned: number;
  readonly outcome: JobOutcome;
}

/** A part of a job, as it is delivered. */
export interface PartOf {
  readonly job: string;
  readonly plan: string;
  readonly number: number;
}

export type JobEnd = Pick<JobStatus, 'state' | 'counts'> & { readonly error?: string | undefined };

const startedSchema = z.union([z.tuple([]), z.tuple([z.string(), z.string(), z.string(), z.string()])]);
const idsSchema = z.array(z.string());
const countsSchema = z.array(z.string().nullable());
const errorsSchema = z.array(z.string());

/** What workers change of jobs: nothing of a job that another process has taken over. */
export class RunningRecords<R extends { readonly type: string }> {
  constructor(
    private readonly redis: RecordAccess,
    private readonly keys: JobKeys,
  ) {}

  /** Undefined where the job has ended, or is gone. */
  async start({ id, run }: Held): Promise<Started<R> | undefined> {
    const values = [id, run, this.keys.changes, this.keys.equals];
    const [request, plan, planned, cancel] = startedSchema.parse(
      await this.redis.script(START, [this.keys.record(id)], values),
    );
    if (request === undefined) return undefined;
    // Written when the request was taken, by our own code.
    return { request: JSON.parse(request) as R, plan: planned === '' ? undefined : plan, canceled: cancel !== '' };
  }

  async progress(held: Held, done: number, total: number): Promise<void> {
    await this.#update(held, ['done', done, 'total', total]);
  }

  async beginPlan(held: Held, plan: string, total: number): Promise<void> {
    const nothing = ['done', 0, 'ok', 0, 'failed', 0, 'parts', 0, 'errors', '[]'];
    await this.#update(held, ['plan', plan, 'total', total, ...nothing]);
  }

  async endPlan(held: Held, parts: number): Promise<void> {
    await this.#update(held, ['planned', parts]);
  }

  /** What a part was asked for; undefined where nobody waits for it any more. */
  async requestOf({ job, plan }: PartOf): Promise<R | undefined> {
    const [fields] = await this.redis.pipeline((all) => all.hmget(this.keys.record(job), 'plan', 'cancel', 'request'));
    const [current, cancel, request] = countsSchema.parse(fields);
    if (current !== plan || cancel != null || request == null) return undefined;
    return JSON.parse(request) as R;
  }

  async countPart({ job, plan, number }: PartOf, { ok, failed, errors }: JobOutcome): Promise<void> {
    const lines = JSON.stringify(errors.map((line) => line.slice(0, LONGEST_ERROR)));
    const values = [plan, number, ok, failed, lines, this.keys.changes, MOST_ERRORS, PARTS_MS];
    await this.redis.script(COUNT_PART, [this.keys.record(job), this.keys.parts(job, plan)], values);
  }

  /** How far the parts of a job are; undefined where it is not in these hands any more. */
  async counted({ id, run }: Held): Promise<Counted | undefined> {
    const [fields] = await this.redis.pipeline((all) =>
      all.hmget(this.keys.record(id), 'run', 'parts', 'planned', 'ok', 'failed', 'errors'),
    );
    const [current, parts, planned, ok, failed, errors] = countsSchema.parse(fields);
    if (current !== run) return undefined;
    const outcome = {
      ok: Number(ok),
      failed: Number(failed),
      errors: errorsSchema.parse(JSON.parse(errors ?? '[]')),
    };
    return { parts: Number(parts), planned: Number(planned), outcome };
  }

  /** Users forgotten since the job began. */
  async forgotten(id: string): Promise<readonly string[]> {
    const [users] = await this.redis.pipeline((all) => all.smembers(this.keys.forgotten(id)));
    return idsSchema.parse(users);
  }

  /** Whether a result without that many forgotten users is without all of them; undefined where another does the job. */
  async seal({ id, run }: Held, forgotten: number): Promise<boolean | undefined> {
    const answer = await this.redis.script(SEAL, [this.keys.record(id), this.keys.forgotten(id)], [run, forgotten]);
    return answer === -1 ? undefined : answer === 1;
  }

  /** Ends a job, and forgets those that ended long ago. */
  async finish({ id, run }: Held, { state, counts, error }: JobEnd, now: number): Promise<void> {
    const { keys } = this;
    const told = error?.slice(0, MOST_ERRORS * LONGEST_ERROR) ?? '';
    const end = [state, now, counts.ok, counts.failed, told];
    await this.redis.script(
      FINISH,
      [keys.record(id), keys.forgotten(id), keys.all, keys.unended, keys.failed],
      [run, id, keys.changes, keys.records, ...end, MOST_FAILED, KEPT_JOBS, KEPT_MS],
    );
  }

  /** Lets another process do it. */
  async giveBack({ id, run }: Held): Promise<void> {
    await this.redis.script(GIVE_BACK, [this.keys.record(id)], [run, id, this.keys.changes, this.keys.equals]);
  }

  async #update({ id, run }: Held, fields: readonly (string | number)[]): Promise<void> {
    await this.redis.script(UPDATE, [this.keys.record(id)], [run, this.keys.changes, ...fields]);
  }
}
