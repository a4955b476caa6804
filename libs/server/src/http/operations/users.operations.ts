import { idSchema, userSchema } from '@attune/sdk';
import { z } from 'zod';
import { batchOf, refusedShape } from './batch.js';
import { eventBody } from './events.operations.js';
import type { Operation } from './operation.js';

const userBody = userSchema.meta({ id: 'User' });
const described = { id: '17850', attributes: { country: 'United Kingdom' }, consent: { profiling: true } };
const params = { id: described.id } as const;
const { id: _, ...description } = described;

export const userBatch = batchOf('users', userBody);

export const usersReceiptSchema = z
  .strictObject({ accepted: z.int().describe('Stored durably.'), ...refusedShape })
  .meta({ id: 'UsersReceipt' });
export type UsersReceipt = z.output<typeof usersReceiptSchema>;

export const exportSchema = z
  .strictObject({
    user: userBody.describe('As described; the id alone where nothing was said about the user.'),
    events: z
      .array(eventBody)
      .describe('His, and those of his anonymous ids, as they were sent, with the time of receipt where none was.'),
    anonymousIds: z.array(z.string()).describe('Joined to the user now.'),
    slates: z
      .array(z.record(z.string(), z.unknown()))
      .describe('What was shown to him, as the slate log keeps it, oldest first.'),
    records: z
      .array(z.strictObject({ kind: z.string(), id: z.string(), value: z.unknown() }))
      .describe('What the server noted about him: summaries of what he likes, offers made to him.'),
  })
  .meta({ id: 'UserExport' });
export type UserExport = z.output<typeof exportSchema>;

export const putUsers = {
  id: 'putUsers',
  method: 'post',
  path: '/v1/users',
  tag: 'users',
  summary: 'Describe users',
  description:
    'Each row is checked on its own: good rows are kept. The same id twice: the last wins. As application/x-ndjson a feed of any length.',
  scope: 'ingest',
  body: userBatch.schema,
  rows: { schema: userBody, example: [described] },
  example: { users: [described] },
  answer: {
    status: 202,
    description: 'What became of the rows.',
    schema: usersReceiptSchema,
    example: { accepted: 1, rejected: [], rejectedCount: 0 },
  },
  errors: ['TOO_MANY_ROWS', 'TOO_BUSY', 'NOT_DURABLE'],
} as const satisfies Operation;

export const putUser = {
  id: 'putUser',
  method: 'put',
  path: '/v1/users/{id}',
  tag: 'users',
  summary: 'Describe a user',
  description: 'Replaces what was said before. In force for the very next slate.',
  scope: 'ingest',
  params,
  body: userSchema.extend({ id: idSchema.optional().describe('That of the path, where it is given.') }),
  example: description,
  answer: { status: 200, description: 'The user as he is now.', schema: userBody, example: described },
  errors: ['NOT_DURABLE'],
} as const satisfies Operation;

export const getUser = {
  id: 'getUser',
  method: 'get',
  path: '/v1/users/{id}',
  tag: 'users',
  summary: 'Read a user',
  description: 'A user is known once he is described or has an event; one with events only is answered by his id.',
  scope: 'admin',
  params,
  answer: { status: 200, description: 'The user.', schema: userBody, example: described },
  errors: ['USER_NOT_FOUND'],
} as const satisfies Operation;

export const identifyUser = {
  id: 'identifyUser',
  method: 'put',
  path: '/v1/users/{id}/identities/{anonymousId}',
  tag: 'users',
  summary: 'Say whose an anonymous id is',
  description: 'What was done under the anonymous id is the user’s from now on; the newest join wins.',
  scope: 'ingest',
  params: { ...params, anonymousId: 'visitor-71' },
  answer: { status: 204, description: 'Joined.' },
  errors: ['VALIDATION_FAILED', 'NOT_DURABLE'],
} as const satisfies Operation;

export const exportUser = {
  id: 'exportUser',
  method: 'get',
  path: '/v1/users/{id}/export',
  tag: 'users',
  summary: 'Everything kept about a user',
  description: 'Also of one who is neither described nor has an event, where the slate log or a record names him.',
  scope: 'admin',
  params,
  answer: {
    status: 200,
    description: 'What is kept.',
    schema: exportSchema,
    example: {
      user: described,
      events: [{ id: 'e-1', type: 'view', userId: '17850', itemId: '22551', at: '2026-11-21T09:30:00.000Z' }],
      anonymousIds: ['visitor-71'],
      slates: [],
      records: [],
    },
  },
  errors: ['USER_NOT_FOUND'],
} as const satisfies Operation;

export const eraseUser = {
  id: 'eraseUser',
  method: 'delete',
  path: '/v1/users/{id}',
  tag: 'users',
  summary: 'Erase a user',
  description:
    'Removes the user, his anonymous ids, their events and everything made of them, from memory and from disk. Accepted, it is done even if the server stops in between. Also of one whom only the slate log or a job names. `GET /v1/jobs/{id}/result` has a receipt with counts.',
  scope: 'admin',
  params,
  answer: {
    status: 202,
    description: 'The job that erases.',
    schema: z.strictObject({ jobId: z.string() }).meta({ id: 'JobReceipt' }),
    example: { jobId: '5a7c0a3e-3f0e-4a37-8a6d-3a4f1f9b7d10' },
  },
  errors: ['USER_NOT_FOUND', 'NOT_DURABLE'],
} as const satisfies Operation;
