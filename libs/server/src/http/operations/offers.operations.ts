import { OFFER_KINDS, TONES, WRITTEN_LANGUAGES } from '@attune/language';
import { idSchema, timeSchema } from '@attune/sdk';
import { z } from 'zod';
import { keptOfferSchema, offerBodySchema, offerIdSchema, offerSchema } from '../../offers/offer.schema.js';
import type { Operation } from './operation.js';

const language = z.enum(WRITTEN_LANGUAGES);
const teaWeek = {
  id: 'tea-week',
  kind: 'percent',
  percent: 20,
  items: { where: { categories: 'Mugs' } },
  eligible: { types: { purchase: { min: 1, withinDays: 365 } } },
  caps: { perUser: { times: 1, days: 30 } },
  priority: 5,
  texts: { en: { title: 'Tea week', terms: 'Not with other offers.' } },
} as const;
const params = { id: teaWeek.id } as const;

const pageSchema = z
  .strictObject({ offers: z.array(keptOfferSchema), cursor: z.string().optional() })
  .meta({ id: 'Offers' });
export type KeptOffers = z.output<typeof pageSchema>;

const askedSchema = z
  .strictObject({
    userId: idSchema.describe('To whom. Offers are made to users only: caps are counted by them.'),
    limit: z.int().min(1).max(10).default(1),
    surface: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,63}$/)
      .default('home')
      .describe('Whose pipeline tells which of the covered items he would want most.'),
    language: language.default('en').describe('Of the message and the terms.'),
    tone: z.enum(TONES).default('plain'),
    words: z
      .enum(['model', 'template'])
      .optional()
      .describe('Who writes the message. Default: the language model where there is one behind an address.'),
    at: timeSchema.optional().describe('As of this moment; what was made later counts against caps all the same.'),
    dryRun: z.boolean().default(false).describe('Counts nothing.'),
    explain: z.boolean().default(false).describe('Tell also which offers were passed over, and by which rule.'),
    deadlineMs: z
      .int()
      .min(100)
      .max(60_000)
      .default(2_000)
      .describe('How long a language model is waited for; then the template is used.'),
  })
  .meta({ id: 'OffersAsked' });
export type OffersAsked = z.output<typeof askedSchema>;

const messageSchema = z.strictObject({
  text: z.string().describe('Plain text on one line, at most 280 characters.'),
  language,
  source: z.enum(['model', 'template']),
  prompt: z.string().optional().describe('With its version, where the model wrote it.'),
  model: z.string().optional().describe('Where it wrote it.'),
  refused: z
    .array(z.strictObject({ kind: z.enum(['number', 'measure', 'value', 'name', 'claim']), text: z.string() }))
    .optional()
    .describe('What the model said beyond the offer, where its text was therefore not used.'),
});

const madeSchema = z.strictObject({
  offerId: offerIdSchema,
  kind: z.enum(OFFER_KINDS),
  percent: z.int().optional(),
  amount: z.strictObject({ amount: z.number(), currency: z.string() }).optional(),
  items: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        price: z.strictObject({ amount: z.number(), currency: z.string() }).optional(),
      }),
    )
    .describe('One to three of those it covers, the one that is wanted most first.'),
  message: messageSchema.optional().describe('Absent where nothing of it may be shown: see `llm.blocked`.'),
  terms: z.string().optional().describe('The shop’s, in the language asked for, else in the other.'),
  validUntil: z.string().optional(),
  why: z.array(z.strictObject({ rule: z.string(), holds: z.boolean() })).describe('The rules it has; all hold.'),
});
export type MadeOffer = z.output<typeof madeSchema>;

const passedOverSchema = z.strictObject({
  offerId: offerIdSchema,
  rule: z
    .string()
    .describe(
      'The first that does not hold: its path in the offer; `items`: none can be shown; `limit`: others come first.',
    ),
  detail: z.string(),
});
export type PassedOver = z.output<typeof passedOverSchema>;

const answerSchema = z
  .strictObject({
    offers: z.array(madeSchema).describe('By priority, then by how high their items rank for the user.'),
    passedOver: z.array(passedOverSchema).optional().describe('Where `explain` asks for it.'),
    degraded: z
      .array(z.strictObject({ code: z.string(), plugin: z.string().optional(), detail: z.string().optional() }))
      .describe('What was left out.'),
  })
  .meta({ id: 'OffersMade' });
export type OffersMade = z.output<typeof answerSchema>;

export const putOffer = {
  id: 'putOffer',
  method: 'put',
  path: '/v1/offers/{id}',
  tag: 'offers',
  summary: 'Permit an offer',
  description:
    'Replaces what was there. How often it was made goes on being counted, also where it was deleted in between: a new offer needs a new id. Other processes know of it within two seconds.',
  params,
  body: offerBodySchema,
  example: { ...teaWeek, id: undefined },
  answer: { status: 200, description: 'The offer.', schema: offerSchema, example: teaWeek },
  errors: ['FIELD_NOT_FILTERABLE', 'TOO_MANY_OFFERS', 'NOT_DURABLE'],
} as const satisfies Operation;

export const listOffers = {
  id: 'listOffers',
  method: 'get',
  path: '/v1/offers',
  tag: 'offers',
  summary: 'Permitted offers, by id',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: offerIdSchema.optional().describe('Of the page before.'),
  }),
  example: { limit: '10' },
  answer: {
    status: 200,
    description: 'Offers; `cursor` where there are more.',
    schema: pageSchema,
    example: { offers: [teaWeek] },
  },
  errors: [],
} as const satisfies Operation;

export const deleteOffer = {
  id: 'deleteOffer',
  method: 'delete',
  path: '/v1/offers/{id}',
  tag: 'offers',
  summary: 'Permit an offer no longer',
  params,
  answer: { status: 204, description: 'Deleted.' },
  errors: ['OFFER_NOT_FOUND', 'NOT_DURABLE'],
} as const satisfies Operation;

export const makeOffers = {
  id: 'makeOffers',
  method: 'post',
  path: '/v1/offers',
  tag: 'offers',
  scope: 'recommend',
  summary: 'Make offers to a user',
  description:
    'Permitted offers whose rules all hold for the user, each with items he would want and a message. What is answered counts against the caps, whether or not it is shown. With an `Idempotency-Key` the same key and body give the same offers for a day, counted once.',
  headers: z.object({
    'idempotency-key': z.string().min(1).max(200).optional().describe('1–200 characters of your own.'),
  }),
  body: askedSchema,
  example: { userId: '17850', limit: 1 },
  answer: {
    status: 200,
    description: 'The offers, none where no rule allows one.',
    schema: answerSchema,
    example: {
      offers: [
        {
          offerId: 'tea-week',
          kind: 'percent',
          percent: 20,
          items: [{ id: '21071', title: 'Vintage billboard drink me mug', price: { amount: 1.25, currency: 'GBP' } }],
          message: { text: 'Tea week: 20% off Vintage billboard drink me mug.', language: 'en', source: 'template' },
          terms: 'Not with other offers.',
          why: [
            { rule: 'eligible.types.purchase', holds: true },
            { rule: 'caps.perUser', holds: true },
          ],
        },
      ],
      degraded: [],
    },
  },
  errors: ['AT_IN_FUTURE', 'SURFACE_NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED', 'NOT_READY', 'NOT_DURABLE'],
} as const satisfies Operation;
