import { idSchema, itemSchema, predicateSchema } from '@attune/sdk';
import { z } from 'zod';
import { batchOf, MAX_ROWS, refusedShape } from './batch.js';
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

const storedShape = {
  accepted: z.int().describe('Stored durably.'),
  stale: z.int().describe('Older than what is stored: accepted and ignored.'),
  ...refusedShape,
  jobId: z.string().optional().describe('The job that embeds what was accepted.'),
} as const;
export const itemsReceiptSchema = z.strictObject(storedShape).meta({ id: 'ItemsReceipt' });
export type ItemsReceipt = z.output<typeof itemsReceiptSchema>;

export const syncReceiptSchema = z
  .strictObject({ ...storedShape, retired: z.int().describe('Absent from the feed: `available` is false now.') })
  .meta({ id: 'SyncReceipt' });
export type SyncReceipt = z.output<typeof syncReceiptSchema>;

const received = {
  accepted: 1,
  stale: 0,
  rejected: [],
  rejectedCount: 0,
  jobId: '5a7c0a3e-3f0e-4a37-8a6d-3a4f1f9b7d10',
};

const ids = z.array(idSchema).max(MAX_ROWS);
const idsSchema = z.strictObject({ ids });

const choiceSchema = z
  .strictObject({
    ids: ids.optional(),
    filter: predicateSchema.optional().describe('Deletes what matches.'),
    confirm: z
      .literal('all')
      .optional()
      .describe('Needed with a filter that names no field, and so matches everything.'),
  })
  .refine((choice) => (choice.ids === undefined) !== (choice.filter === undefined), 'send either ids or a filter')
  .meta({ id: 'ItemChoice' });
export type ItemChoice = z.output<typeof choiceSchema>;

export const putItems = {
  id: 'putItems',
  method: 'post',
  path: '/v1/items',
  tag: 'items',
  summary: 'Add or replace items',
  description:
    'Each row is checked on its own: good rows are kept. The same id twice: the last wins. As application/x-ndjson a feed of any length: rows are stored as they come, 1,000 at a time.',
  scope: 'ingest',
  body: itemBatch.schema,
  rows: { schema: itemBody, example: [lunchBox] },
  example: { items: [lunchBox] },
  answer: {
    status: 202,
    description: 'What became of the rows.',
    schema: itemsReceiptSchema,
    example: received,
  },
  errors: ['TOO_MANY_ROWS', 'TOO_BUSY', 'NOT_DURABLE'],
} as const satisfies Operation;

export const syncItems = {
  id: 'syncItems',
  method: 'put',
  path: '/v1/items/sync',
  tag: 'items',
  summary: 'Make the catalogue what a full feed says',
  description:
    'Rows are stored as they come. At the end, items that are available but absent from the feed are retired: `available` becomes false. Nothing is retired where a row was refused, the feed broke off, or too many items are absent. An item that comes back in a later feed is available again.',
  scope: 'ingest',
  query: z.strictObject({
    maxRetiredShare: z.coerce
      .number()
      .min(0)
      .max(1)
      .default(0.2)
      .describe('Share of the available items that may be retired; where more would be, none is.'),
  }),
  rows: { schema: itemBody, example: [lunchBox, { id: '22630', title: 'Dolly girl lunch box' }] },
  example: { maxRetiredShare: '1' },
  answer: {
    status: 202,
    description: 'What became of the rows, and how many items were retired.',
    schema: syncReceiptSchema,
    example: { ...received, accepted: 2, retired: 1 },
  },
  errors: ['SYNC_REFUSED', 'TOO_BUSY', 'NOT_DURABLE'],
} as const satisfies Operation;

export const getItems = {
  id: 'getItems',
  method: 'post',
  path: '/v1/items/get',
  tag: 'items',
  summary: 'Read many items',
  scope: 'recommend',
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
  description: 'By id, or those that match a filter.',
  scope: 'ingest',
  body: choiceSchema,
  example: { ids: ['22551'] },
  answer: {
    status: 200,
    description: 'How many there were.',
    schema: z.strictObject({ deleted: z.int() }).meta({ id: 'Deleted' }),
    example: { deleted: 1 },
  },
  errors: ['FIELD_NOT_FILTERABLE', 'NOT_DURABLE'],
} as const satisfies Operation;

export const getItem = {
  id: 'getItem',
  method: 'get',
  path: '/v1/items/{id}',
  tag: 'items',
  summary: 'Read an item',
  scope: 'recommend',
  answer: { status: 200, description: 'The item.', schema: itemBody, example: lunchBox },
  errors: ['ITEM_NOT_FOUND'],
} as const satisfies Operation;

export const patchItem = {
  id: 'patchItem',
  method: 'patch',
  path: '/v1/items/{id}',
  tag: 'items',
  summary: 'Change members of an item',
  scope: 'ingest',
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
  scope: 'ingest',
  answer: { status: 204, description: 'Deleted.' },
  errors: ['ITEM_NOT_FOUND', 'NOT_DURABLE'],
} as const satisfies Operation;
