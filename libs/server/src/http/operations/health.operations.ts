import { z } from 'zod';
import type { Operation } from './operation.js';

const statusSchema = z.strictObject({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' });

export const live = {
  id: 'live',
  method: 'get',
  path: '/health/live',
  tag: 'health',
  summary: 'Whether the process answers',
  answer: { status: 200, description: 'It does.', schema: statusSchema, example: { status: 'ok', version: '0.1.0' } },
  errors: [],
} as const satisfies Operation;

export const ready = {
  id: 'ready',
  method: 'get',
  path: '/health/ready',
  tag: 'health',
  summary: 'Whether the pipelines are proved and warm',
  answer: { status: 200, description: 'They are.', schema: statusSchema, example: { status: 'ok', version: '0.1.0' } },
  errors: ['NOT_READY'],
} as const satisfies Operation;
