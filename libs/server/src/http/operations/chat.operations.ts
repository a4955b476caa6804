import { WRITTEN_LANGUAGES } from '@attune/language';
import { idSchema, predicateSchema, slateItemSchema } from '@attune/sdk';
import { z } from 'zod';
import { problemSchema } from '../problems/problem.schema.js';
import type { Operation } from './operation.js';

const language = z.enum(WRITTEN_LANGUAGES);

const askedSchema = z
  .strictObject({
    message: z.string().min(1).max(2000).describe('What the shopper says.'),
    chatId: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .describe('Of the turn before. One that is no longer known, or is somebody else’s, begins a new conversation.'),
    userId: idSchema.optional().describe('Whom the caller has signed in: orders are looked after for nobody else.'),
    anonymousId: idSchema.optional(),
    sessionId: idSchema.optional(),
    surface: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,63}$/)
      .default('home')
      .describe('Whose pipeline recommends where nothing is searched for.'),
    filter: predicateSchema.optional().describe('Holds for everything shown, whatever is said.'),
    limit: z.int().min(1).max(20).default(6).describe('Items shown at once.'),
    language: language.optional().describe('Of the replies. Default: that of the message.'),
  })
  .meta({ id: 'ChatAsked' });
export type ChatAsked = z.output<typeof askedSchema>;

const slateSchema = z.strictObject({
  slateId: z.string().describe('Send it with events, as of any slate.'),
  items: z.array(slateItemSchema).describe('Replies name them by their place, from `[1]`.'),
  total: z.int().describe('Items that fit.'),
});

const toolSchema = z.strictObject({
  name: z.enum(['search', 'recommend', 'filter', 'compare', 'order-status', 'handover']),
  arguments: z.record(z.string(), z.unknown()),
});

const comparisonSchema = z.strictObject({
  itemIds: z.array(z.string()),
  fields: z.array(
    z.strictObject({
      field: z.string(),
      label: z.string(),
      values: z.array(z.string()).describe('One an item; empty where it has none.'),
    }),
  ),
});

const orderSchema = z.strictObject({
  found: z.boolean(),
  orderId: z.string().optional(),
  status: z.string().optional(),
  expected: z.string().optional(),
  url: z.string().optional(),
});

const handoverSchema = z.strictObject({
  reason: z.enum(['asked']).describe('Why: the shopper asked for a person.'),
  told: z.boolean().describe('Whether the hook took it.'),
  contact: z.string().optional(),
});

export const chatAnswerSchema = z
  .strictObject({
    chatId: z.string().describe('To be sent with the next turn.'),
    resumed: z.boolean().describe('Whether the conversation went on, or is a new one.'),
    language,
    reply: z.string().describe('Plain text.'),
    source: z.enum(['guided', 'llm']).describe('Whether a language model wrote the reply.'),
    tools: z.array(toolSchema).describe('What was done for it, in order.'),
    slate: slateSchema.optional(),
    comparison: comparisonSchema.optional(),
    order: orderSchema.optional(),
    handover: handoverSchema.optional(),
    citations: z
      .array(z.strictObject({ place: z.int(), id: z.string(), title: z.string() }))
      .describe('The items that the reply names, by their place.'),
    understood: z
      .strictObject({
        query: z.string(),
        filter: predicateSchema.optional(),
        unwanted: z.array(z.string()),
        sort: z.enum(['price-asc', 'price-desc', 'newest']).optional(),
      })
      .describe('What is asked for by now.'),
    quickReplies: z
      .array(z.strictObject({ label: z.string(), message: z.string() }))
      .describe('What the shopper may say next, for buttons.'),
    degraded: z.array(z.strictObject({ code: z.string(), detail: z.string().optional() })),
    tookMs: z.number(),
  })
  .meta({ id: 'ChatAnswer' });
export type ChatAnswer = z.output<typeof chatAnswerSchema>;

/** What is told while a turn is answered, in this order; `done` has everything once more. */
export const chatEventSchema = z
  .discriminatedUnion('event', [
    z.strictObject({
      event: z.literal('chat'),
      data: chatAnswerSchema.pick({ chatId: true, resumed: true, language: true }),
    }),
    z.strictObject({ event: z.literal('tool'), data: toolSchema }),
    z.strictObject({ event: z.literal('slate'), data: slateSchema }),
    z.strictObject({ event: z.literal('comparison'), data: comparisonSchema }),
    z.strictObject({ event: z.literal('order'), data: orderSchema }),
    z.strictObject({ event: z.literal('handover'), data: handoverSchema }),
    z.strictObject({ event: z.literal('text'), data: z.strictObject({ text: z.string() }) }),
    z.strictObject({ event: z.literal('done'), data: chatAnswerSchema }),
    z.strictObject({ event: z.literal('error'), data: problemSchema }),
  ])
  .meta({ id: 'ChatEvent' });
export type ChatEvent = z.output<typeof chatEventSchema>;

export const chat = {
  id: 'chat',
  method: 'post',
  path: '/v1/chat',
  tag: 'slates',
  scope: 'recommend',
  summary: 'A turn of a conversation',
  description:
    'Finds, narrows down, compares, looks after an order, hands over to a person. Remembers what was asked for from turn to turn. Answers server-sent events as the work goes on; with `Accept: application/json` one object at the end. Without a language model it is guided by what the catalogue can be filtered by.',
  body: askedSchema,
  example: { message: 'a red mug under £5, not ceramic', userId: '17850' },
  answer: {
    status: 200,
    description: 'What was done, what is shown, and the reply.',
    schema: chatAnswerSchema,
    events: chatEventSchema,
    example: {
      chatId: '0b7e3c52-8d3f-4c55-9a43-6f2f1b1b7c11',
      resumed: false,
      language: 'en',
      reply: 'Here is the one item for “mug”: red, not ceramic, up to £5.00.',
      source: 'guided',
      tools: [{ name: 'search', arguments: { query: 'mug', filter: { 'attributes.color': { $in: ['red'] } } } }],
      slate: { slateId: 'req-1', items: [{ id: '22551', score: 1.2, rank: 1 }], total: 1 },
      citations: [{ place: 1, id: '22551', title: 'Red enamel mug' }],
      understood: { query: 'mug', filter: { 'attributes.color': { $in: ['red'] } }, unwanted: [] },
      quickReplies: [],
      degraded: [],
      tookMs: 12.5,
    },
  },
  errors: ['FIELD_NOT_FILTERABLE', 'SURFACE_NOT_FOUND', 'NOT_READY'],
} as const satisfies Operation;
