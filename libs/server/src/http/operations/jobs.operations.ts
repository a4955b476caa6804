import { instructionLineSchema } from '@attune/language';
import { JOB_STATES } from '@attune/sdk';
import { z } from 'zod';
import { JOB_TYPES, jobRequestSchema, jobSchema } from '../../jobs/job.js';
import type { Operation } from './operation.js';

const job = {
  id: 'job-5a7c0a3e-3f0e-4a37-8a6d-3a4f1f9b7d10',
  type: 'train',
  state: 'completed',
  progress: { done: 2, total: 2 },
  counts: { ok: 2, failed: 0 },
  createdAt: '2026-11-21T09:30:00.000Z',
  finishedAt: '2026-11-21T09:30:04.000Z',
};
const params = { id: job.id };
const receiptSchema = z.strictObject({ jobId: z.string() }).meta({ id: 'JobReceipt' });

export const startJob = {
  id: 'startJob',
  method: 'post',
  path: '/v1/jobs',
  tag: 'jobs',
  summary: 'Start work off the request path',
  description:
    'Equal jobs that wait are one job. With an `Idempotency-Key` the same key and body give the same job for 24 hours, whatever happened to the answer. `train`, `instructions` and `erase` run one after the other, `enrich` and `describe` likewise; `embed`, `backfill`, and all others beside them.',
  headers: z.object({
    'idempotency-key': z.string().min(1).max(200).optional().describe('1–200 characters of your own.'),
  }),
  body: jobRequestSchema,
  example: { type: 'train' },
  answer: {
    status: 202,
    description: 'The job.',
    schema: receiptSchema,
    example: { jobId: job.id },
  },
  errors: [
    'PLUGIN_UNKNOWN',
    'SURFACE_NOT_FOUND',
    'SPACE_NOT_FOUND',
    'USER_NOT_FOUND',
    'FIELD_NOT_FILTERABLE',
    'ATTRIBUTE_NOT_DECLARED',
    'IDEMPOTENCY_KEY_REUSED',
    'TOO_MANY_JOBS',
    'NOT_DURABLE',
    'NOT_READY',
  ],
} as const satisfies Operation;

export const listJobs = {
  id: 'listJobs',
  method: 'get',
  path: '/v1/jobs',
  tag: 'jobs',
  summary: 'Jobs, newest first',
  query: z.strictObject({
    type: z.enum(JOB_TYPES).optional(),
    state: z.enum(JOB_STATES).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    cursor: z.string().max(200).optional().describe('Of the page before.'),
  }),
  example: { state: 'completed', limit: '10' },
  answer: {
    status: 200,
    description: 'Jobs under way, and those that ended within the last day and more; `cursor` where there are more.',
    schema: z.strictObject({ jobs: z.array(jobSchema), cursor: z.string().optional() }).meta({ id: 'Jobs' }),
    example: { jobs: [job] },
  },
  errors: ['CURSOR_INVALID'],
} as const satisfies Operation;

export const getJob = {
  id: 'getJob',
  method: 'get',
  path: '/v1/jobs/{id}',
  tag: 'jobs',
  summary: 'How a job stands',
  params,
  answer: { status: 200, description: 'The job.', schema: jobSchema, example: job },
  errors: ['JOB_NOT_FOUND'],
} as const satisfies Operation;

/** A line of what `recommend` found. */
const recommendedSchema = z
  .strictObject({ userId: z.string(), items: z.array(z.strictObject({ id: z.string(), score: z.number() })) })
  .meta({ id: 'RecommendedRow' });

/** What `erase` leaves. */
const receipt = {
  ...{ subject: '5f0c…', users: 1, events: 42, anonymousIds: 1, slates: 7 },
  ...{ llmCalls: 3, records: 1, jobs: 0, results: 0, caches: 2 },
};

export const getJobResult = {
  id: 'getJobResult',
  method: 'get',
  path: '/v1/jobs/{id}/result',
  tag: 'jobs',
  summary: 'What a job found out',
  description:
    'Readable for at least 24 hours after the job completed. JSON of `evaluate`, `diff`, `compare`, `enrich`, `describe` and `erase`; of `recommend` NDJSON (`application/x-ndjson`), one `{"userId","items":[{"id","score"}]}` a line, and of `instructions` one example a line, which names nobody.',
  params,
  answer: {
    status: 200,
    description: 'The result.',
    schema: z.record(z.string(), z.unknown()).meta({ id: 'JobResult' }),
    example: receipt,
    rows: {
      schema: z.union([recommendedSchema, instructionLineSchema]),
      example: [{ userId: '17850', items: [{ id: '22551', score: 1.31 }] }],
    },
  },
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_ENDED', 'RESULT_NOT_FOUND'],
} as const satisfies Operation;

export const retryJob = {
  id: 'retryJob',
  method: 'post',
  path: '/v1/jobs/{id}/retry',
  tag: 'jobs',
  summary: 'Do a failed job again',
  description:
    'Enqueues what the job was asked to as a new job; the failed one stays as it is. What the latest failed jobs were asked is known, without users who were erased since.',
  params,
  answer: {
    status: 202,
    description: 'The new job, or an equal one that waits.',
    schema: receiptSchema,
    example: { jobId: 'job-0b7e3c52-8d3f-4c55-9a43-6f2f1b1b7c11' },
  },
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_RETRYABLE', 'TOO_MANY_JOBS', 'NOT_READY'],
} as const satisfies Operation;

export const cancelJob = {
  id: 'cancelJob',
  method: 'delete',
  path: '/v1/jobs/{id}',
  tag: 'jobs',
  summary: 'Cancel a job',
  params,
  answer: {
    status: 200,
    description: 'The job as it ended.',
    schema: jobSchema,
    example: { ...job, state: 'canceled' },
  },
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_CANCELABLE'],
} as const satisfies Operation;
