import { idSchema, itemSchema } from '@attune/sdk';
import { z } from 'zod';
import { batchOf, MAX_ROWS, rejectedSchema } from './batch.js';
import type { Operation } from './operation.js';

const itemBody = itemSchema.meta({ id: 'Item' });
const lunchBox = {
  id: '22551',
  title: 'Spaceboy lunch box',
  categories: ['Lunch boxes'],
  price: { amount: 1.95, currency: 'GBP' },
  attributes: { color: 'blue' },
};

export const itemBatch = batchOf('items', itemBody);

export const itemsReceiptSchema = z
  .strictObject({
    accepted: z.int().describe('Stored durably.'),
    stale: z.int().describe('Older than what is stored: accepted and ignored.'),
    rejected: z.array(rejectedSchema),
    jobId: z.string().optional().describe('The job that embeds what was accepted.'),
  })
  .meta({ id: 'ItemsReceipt' });
export type ItemsReceipt = z.output<typeof itemsReceiptSchema>;

const idsSchema = z.strictObject({ ids: z.array(idSchema).max(MAX_ROWS) });

export const putItems = {
  id: 'putItems',
  method: 'post',
  path: '/v1/items',
  tag: 'items',
  summary: 'Add or replace items',
  description: 'Each row is checked on its own: good rows are kept. The same id twice: the last wins.',
  body: itemBatch.schema,
  example: { items: [lunchBox] },
  answer: {
    status: 202,
    description: 'What became of the rows.',
    schema: itemsReceiptSchema,
    example: { accepted: 1, stale: 0, rejected: [], jobId: '5a7c0a3e-3f0e-4a37-8a6d-3a4f1f9b7d10' },
  },
  errors: ['TOO_MANY_ROWS', 'NOT_DURABLE'],
} as const satisfies Operation;

export const getItems = {
  id: 'getItems',
  method: 'post',
  path: '/v1/items/get',
  tag: 'items',
  summary: 'Read many items',
  body: idsSchema,
  example: { ids: ['22551', 'no-such-item'] },
  answer: {
    status: 200,
    description: 'The items there are, in the order asked for, and the ids that are not there.',
    schema: z.strictObject({ items: z.array(itemBody), missing: z.array(z.string()) }).meta({ id: 'Items' }),
    example: { items: [lunchBox], missing: ['no-such-item'] },
  },
  errors: [],
} as const satisfies Operation;

export const deleteItems = {
  id: 'deleteItems',
  method: 'post',
  path: '/v1/items/delete',
  tag: 'items',
  summary: 'Delete many items',
  body: idsSchema,
  example: { ids: ['22551'] },
  answer: {
    status: 200,
    description: 'How many of the ids were there.',
    schema: z.strictObject({ deleted: z.int() }).meta({ id: 'Deleted' }),
    example: { deleted: 1 },
  },
  errors: ['NOT_DURABLE'],
} as const satisfies Operation;

export const getItem = {
  id: 'getItem',
  method: 'get',
  path: '/v1/items/{id}',
  tag: 'items',
  summary: 'Read an item',
  answer: { status: 200, description: 'The item.', schema: itemBody, example: lunchBox },
  errors: ['ITEM_NOT_FOUND'],
} as const satisfies Operation;

export const patchItem = {
  id: 'patchItem',
  method: 'patch',
  path: '/v1/items/{id}',
  tag: 'items',
  summary: 'Change members of an item',
  description: 'JSON merge patch (RFC 7396): null removes a member, what is not named stays. The id cannot change.',
  body: z.record(z.string(), z.unknown()).describe('Members of an item; null removes one.'),
  bodyType: 'application/merge-patch+json',
  example: { price: { amount: 2.1 }, brand: null },
  answer: { status: 200, description: 'The item as it is now.', schema: itemBody, example: lunchBox },
  errors: ['ITEM_NOT_FOUND', 'NOT_DURABLE'],
} as const satisfies Operation;

export const deleteItem = {
  id: 'deleteItem',
  method: 'delete',
  path: '/v1/items/{id}',
  tag: 'items',
  summary: 'Delete an item',
  answer: { status: 204, description: 'Deleted.' },
  errors: ['ITEM_NOT_FOUND', 'NOT_DURABLE'],
} as const satisfies Operation;
