import { z } from 'zod';
import { checkSchema } from '../../diagnosis/check.js';
import type { Operation } from './operation.js';

export const getDiagnosis = {
  id: 'getDiagnosis',
  method: 'get',
  path: '/v1/diagnosis',
  tag: 'health',
  summary: 'What is wrong with the data, and what mends it',
  description: 'What `attune doctor` prints. Reads every event once: for people, not for monitoring.',
  scope: 'admin',
  answer: {
    status: 200,
    description: 'Every check, those that are well included.',
    schema: z
      .strictObject({ now: z.string().describe("The server's clock."), checks: z.array(checkSchema) })
      .meta({ id: 'Diagnosis' }),
    example: {
      now: '2026-11-21T09:30:00.000Z',
      checks: [
        { id: 'items', status: 'ok', detail: '3920 items, 3920 available' },
        { id: 'models', status: 'problem', detail: 'not trained yet: ease', fix: 'attune train' },
      ],
    },
  },
  errors: ['NOT_READY'],
} as const satisfies Operation;
