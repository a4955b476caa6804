import { eventSchema } from '@attune/sdk';
import { z } from 'zod';
import { batchOf, refusedShape } from './batch.js';
import type { Operation } from './operation.js';

export const eventBody = eventSchema.meta({ id: 'Event' });
export const eventBatch = batchOf('events', eventBody);

const purchase = { id: 'e-1', type: 'purchase', userId: '17850', itemId: '22551', value: 1.95 };

export const eventsReceiptSchema = z
  .strictObject({
    accepted: z.int().describe('New, on disk, and in the very next slate of their users.'),
    duplicates: z.int().describe('Ids that were already there: counted once.'),
    ...refusedShape,
  })
  .meta({ id: 'EventsReceipt' });
export type EventsReceipt = z.output<typeof eventsReceiptSchema>;

export const recordEvents = {
  id: 'recordEvents',
  method: 'post',
  path: '/v1/events',
  tag: 'events',
  summary: 'Record what users did',
  description:
    'Each row is checked on its own: good rows are kept. An acknowledged event is on disk. As application/x-ndjson a feed of any length: rows are stored as they come, 1,000 at a time.',
  scope: 'ingest',
  body: eventBatch.schema,
  rows: { schema: eventBody, example: [purchase] },
  example: { events: [purchase] },
  answer: {
    status: 202,
    description: 'What became of the rows.',
    schema: eventsReceiptSchema,
    example: { accepted: 1, duplicates: 0, rejected: [], rejectedCount: 0 },
  },
  errors: ['TOO_MANY_ROWS', 'TOO_BUSY', 'NOT_DURABLE'],
} as const satisfies Operation;
