import { interestEditsSchema } from '@attune/language/understanding';
import { z } from 'zod';
import type { Operation } from './operation.js';
import { wordsQuery } from './words-query.js';

const params = { id: '17850' } as const;

export const interestsSchema = z
  .strictObject({
    userId: z.string(),
    summary: z.string().optional().describe('Plain text; absent where nothing is known.'),
    source: z.enum(['llm', 'template']).describe('Who wrote the summary.'),
    lines: z
      .array(
        z.strictObject({
          id: z.string().describe('What edits name it by; the same after every refresh.'),
          path: z.string(),
          value: z.string(),
          strength: z.number().describe('0 to 1.'),
          text: z.string(),
          by: z.enum(['events', 'user']),
          evidence: z.strictObject({ events: z.int(), lastAt: z.string().optional() }),
        }),
      )
      .describe('The strongest first, those pinned and added before all others.'),
    edits: interestEditsSchema,
    asOf: z.string().optional().describe('Of the newest event that counts.'),
    degraded: z.array(z.strictObject({ code: z.string(), detail: z.string().optional() })),
  })
  .meta({ id: 'UserInterests' });
export type UserInterests = z.output<typeof interestsSchema>;

const example: UserInterests = {
  userId: '17850',
  summary: 'Often picks Home decor.',
  source: 'template',
  lines: [
    {
      ...{ id: 'categories:Home decor', path: 'categories', value: 'Home decor', strength: 0.9 },
      ...{ text: 'Often picks Home decor', by: 'events', evidence: { events: 40, lastAt: '2026-11-20T09:30:00.000Z' } },
    },
  ],
  edits: { hidden: [], pinned: [], added: [] },
  asOf: '2026-11-20T09:30:00.000Z',
  degraded: [],
};

export const getInterests = {
  id: 'getInterests',
  method: 'get',
  path: '/v1/users/{id}/interests',
  tag: 'users',
  scope: 'recommend',
  summary: 'What a user is interested in',
  description:
    'Made of his events, searches and reviews, and brought up to date with what he did since. Of one who does not consent to profiling nothing is made: `NO_PROFILING`; of one who had it deleted neither: `INTERESTS_DELETED`.',
  params,
  query: wordsQuery,
  example: { language: 'en' },
  answer: { status: 200, description: 'What is known, in words.', schema: interestsSchema, example },
  errors: ['USER_NOT_FOUND'],
} as const satisfies Operation;

export const editInterests = {
  id: 'editInterests',
  method: 'put',
  path: '/v1/users/{id}/interests',
  tag: 'users',
  scope: 'recommend',
  summary: 'Edit what a user is interested in',
  description:
    'Replaces the edits: lines that are hidden never return, those pinned stay, those added are there whatever he does. Makes interests again that were deleted.',
  params,
  body: interestEditsSchema,
  example: { hidden: ['categories:Christmas'], added: [{ path: 'categories', value: 'Garden' }] },
  answer: { status: 200, description: 'As `GET` would answer.', schema: interestsSchema, example },
  errors: ['USER_NOT_FOUND', 'INTERESTS_CHANGED', 'NOT_DURABLE'],
} as const satisfies Operation;

export const deleteInterests = {
  id: 'deleteInterests',
  method: 'delete',
  path: '/v1/users/{id}/interests',
  tag: 'users',
  scope: 'recommend',
  summary: 'Delete what a user is interested in',
  description: 'With his edits. Not made again until `PUT`; his events stay, see `DELETE /v1/users/{id}`.',
  params,
  answer: { status: 204, description: 'Deleted.' },
  errors: ['USER_NOT_FOUND', 'INTERESTS_CHANGED', 'NOT_DURABLE'],
} as const satisfies Operation;
