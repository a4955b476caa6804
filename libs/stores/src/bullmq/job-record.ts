import { JOB_STATES, type JobStatus } from '@attune/sdk';
import { z } from 'zod';

/** What a job's status is made of, in this order, as Redis holds and tells it. */
export const STATUS_FIELDS = [
  'id',
  'type',
  'state',
  'done',
  'total',
  'ok',
  'failed',
  'created',
  'finished',
  'error',
] as const;

const number = z.string().transform(Number).pipe(z.number());
/** Scripts say `false` of a field that is not there. */
const absent = z.union([z.null(), z.literal(false)]).transform(() => undefined);
const statusSchema = z.tuple([
  z.string(),
  z.string(),
  z.enum(JOB_STATES),
  number,
  number,
  number,
  number,
  number,
  number.or(absent),
  z.string().or(absent),
]);

/** A job from its fields; undefined where there is no such record, or not one of ours. */
export function statusOf(fields: unknown): JobStatus | undefined {
  const read = statusSchema.safeParse(fields);
  if (!read.success) return undefined;
  const [id, type, state, done, total, ok, failed, created, finished, error] = read.data;
  return {
    id,
    type,
    state,
    progress: { done, total },
    counts: { ok, failed },
    createdAt: isoOf(created),
    ...(finished === undefined ? {} : { finishedAt: isoOf(finished) }),
    ...(error === undefined ? {} : { error }),
  };
}

export const hasEnded = ({ state }: Pick<JobStatus, 'state'>): boolean => state !== 'waiting' && state !== 'active';

const isoOf = (ms: number): string => new Date(ms).toISOString();
