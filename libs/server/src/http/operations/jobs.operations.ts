import { z } from 'zod';
import { jobRequestSchema, jobSchema } from '../../jobs/job.js';
import type { Operation } from './operation.js';

const job = {
  id: '5a7c0a3e-3f0e-4a37-8a6d-3a4f1f9b7d10',
  type: 'train',
  state: 'completed',
  progress: { done: 2, total: 2 },
  counts: { ok: 2, failed: 0 },
  createdAt: '2026-11-21T09:30:00.000Z',
  finishedAt: '2026-11-21T09:30:04.000Z',
};

export const startJob = {
  id: 'startJob',
  method: 'post',
  path: '/v1/jobs',
  tag: 'jobs',
  summary: 'Train models or embed the catalogue',
  description: 'Equal jobs that wait are one job.',
  body: jobRequestSchema,
  example: { type: 'train' },
  answer: {
    status: 202,
    description: 'The job.',
    schema: z.strictObject({ jobId: z.string() }).meta({ id: 'JobReceipt' }),
    example: { jobId: job.id },
  },
  errors: [],
} as const satisfies Operation;

export const listJobs = {
  id: 'listJobs',
  method: 'get',
  path: '/v1/jobs',
  tag: 'jobs',
  summary: 'Jobs, newest first',
  answer: {
    status: 200,
    description: 'Jobs under way, and those that ended within the last day and more.',
    schema: z.strictObject({ jobs: z.array(jobSchema) }).meta({ id: 'Jobs' }),
    example: { jobs: [job] },
  },
  errors: [],
} as const satisfies Operation;

export const getJob = {
  id: 'getJob',
  method: 'get',
  path: '/v1/jobs/{id}',
  tag: 'jobs',
  summary: 'How a job stands',
  answer: { status: 200, description: 'The job.', schema: jobSchema, example: job },
  errors: ['JOB_NOT_FOUND'],
} as const satisfies Operation;

export const cancelJob = {
  id: 'cancelJob',
  method: 'delete',
  path: '/v1/jobs/{id}',
  tag: 'jobs',
  summary: 'Cancel a job',
  answer: {
    status: 200,
    description: 'The job as it ended.',
    schema: jobSchema,
    example: { ...job, state: 'canceled' },
  },
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_CANCELABLE'],
} as const satisfies Operation;
