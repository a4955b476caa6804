import { AttuneError } from '@attune/sdk';
import type { z } from 'zod';
import type { Config } from '../../config/config.schema.js';
import type { Job, JobRequest } from '../../jobs/job.js';
import type { TenantPlatform } from '../../platform/tenant-platform.js';
import type { listJobs } from '../operations/jobs.operations.js';
import { checkFilterable } from './filterable.js';
import { refuseUnknown } from './users.js';

export interface StartJob {
  readonly request: JobRequest;
  readonly idempotencyKey: string | undefined;
  readonly config: Pick<Config, 'train' | 'attributes'>;
}

/** Jobs that may wait at once, erasures aside: each holds its request, which may name 100,000 users. */
const MAX_WAITING = 200;

/**
 * Enqueues a job that can be done.
 * @throws AttuneError PLUGIN_UNKNOWN, SURFACE_NOT_FOUND, SPACE_NOT_FOUND, USER_NOT_FOUND, FIELD_NOT_FILTERABLE,
 *   ATTRIBUTE_NOT_DECLARED, IDEMPOTENCY_KEY_REUSED, TOO_MANY_JOBS
 */
export async function startOne(
  { request, idempotencyKey, config }: StartJob,
  tenant: TenantPlatform,
): Promise<{ readonly jobId: string }> {
  const { jobs, stores } = tenant;
  const known = await jobs.known(request, idempotencyKey);
  if (known !== undefined) return { jobId: known };
  await refuseImpossible(request, { config, tenant });
  // Written down before it is promised, as for `DELETE /v1/users/{id}`.
  if (request.type === 'erase') await stores.erasures.add(request.userId);
  else refuseTooMany(await jobs.list());
  return { jobId: await jobs.accept(request, idempotencyKey) };
}

function refuseTooMany(jobs: readonly Job[]): void {
  const waiting = jobs.filter(({ type, state }) => state === 'waiting' && type !== 'erase').length;
  if (waiting >= MAX_WAITING) throw new AttuneError('TOO_MANY_JOBS', `${waiting} jobs are waiting already`);
}

/**
 * Enqueues again what a failed job was asked to.
 * @throws AttuneError JOB_NOT_FOUND, JOB_NOT_RETRYABLE, TOO_MANY_JOBS
 */
export async function retryOne(id: string, { jobs }: TenantPlatform): Promise<{ readonly jobId: string }> {
  const { type, state } = await jobs.get(id);
  if (state === 'failed' && type !== 'erase') refuseTooMany(await jobs.list());
  return { jobId: await jobs.retry(id) };
}

/** Stops a job. Throws JOB_NOT_FOUND, JOB_NOT_CANCELABLE: an erasure that was accepted is done, now or after a restart. */
export async function cancelOne(id: string, { jobs }: TenantPlatform): Promise<Job> {
  if ((await jobs.get(id)).type === 'erase')
    throw new AttuneError('JOB_NOT_CANCELABLE', 'an erasure cannot be canceled');
  return jobs.cancel(id);
}

export interface JobsPage {
  readonly jobs: readonly Job[];
  readonly cursor?: string;
}

/** A page of jobs, newest first; the cursor is the last job's id. Throws CURSOR_INVALID. */
export async function jobsPage(
  { type, state, limit, cursor }: z.output<(typeof listJobs)['query']>,
  { jobs }: TenantPlatform,
): Promise<JobsPage> {
  const all = await jobs.list();
  const last = cursor === undefined ? -1 : all.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && last < 0) {
    throw new AttuneError('CURSOR_INVALID', 'no job has this cursor: it is forgotten, or never was', {
      pointer: '/cursor',
    });
  }
  const fitting = all
    .slice(last + 1)
    .filter((job) => (type === undefined || job.type === type) && (state === undefined || job.state === state));
  const page = fitting.slice(0, limit);
  return fitting.length > limit ? { jobs: page, cursor: page.at(-1)!.id } : { jobs: page };
}

async function refuseImpossible(
  request: JobRequest,
  { config, tenant }: { readonly config: StartJob['config']; readonly tenant: TenantPlatform },
): Promise<void> {
  const { engine, spaces } = tenant;
  if (request.type === 'train') {
    const trainers = config.train.map(({ use }) => use);
    const place = (request.use ?? []).findIndex((use) => !trainers.includes(use));
    if (place >= 0) throw unknown('trainer', request.use![place]!, { pointer: `/use/${place}`, known: trainers });
  }
  if (request.type === 'erase') await refuseUnknown(request.userId, tenant);
  if ('where' in request) checkFilterable(request.where, config.attributes);
  if (request.type === 'enrich') refuseUndeclared(request.attributes ?? [], config.attributes);
  if (request.type === 'compare') spaces.version(request.space, request.version);
  if (!('surface' in request)) return;
  if (!engine.surfaces.includes(request.surface)) {
    const detail = `no surface '${request.surface}'; there are ${engine.surfaces.join(', ')}`;
    throw new AttuneError('SURFACE_NOT_FOUND', detail, { pointer: '/surface' });
  }
  if (request.type !== 'diff') return;
  const scorers = engine.registry.ids('scorer');
  const { use } = request.step;
  if (!scorers.includes(use)) throw unknown('scorer', use, { pointer: '/step/use', known: scorers });
}

/** What is read from texts is words. */
function refuseUndeclared(names: readonly string[], attributes: Config['attributes']): void {
  const place = names.findIndex((name) => !Object.hasOwn(attributes, name) || attributes[name]!.type !== 'keyword');
  if (place < 0) return;
  const name = JSON.stringify(names[place]);
  const detail = `${name} is not declared as a keyword; add to attune.config.yaml: attributes: { ${name}: { type: keyword } }`;
  throw new AttuneError('ATTRIBUTE_NOT_DECLARED', detail, { pointer: `/attributes/${place}` });
}

const unknown = (
  kind: string,
  name: string,
  { pointer, known }: { readonly pointer: string; readonly known: readonly string[] },
): AttuneError =>
  new AttuneError('PLUGIN_UNKNOWN', `no ${kind} '${name}'; there are ${known.join(', ') || 'none configured'}`, {
    pointer,
  });
