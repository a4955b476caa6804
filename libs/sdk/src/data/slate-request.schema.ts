import { z } from 'zod';
import { predicateSchema } from '../predicate/predicate.schema.js';
import { idSchema, timeSchema } from './scalar.schema.js';

const limit = z.int().min(1).max(200);

const languageTag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

const asked = {
  userId: idSchema.optional(),
  anonymousId: idSchema.optional(),
  sessionId: idSchema.optional().describe('Default: events less than 30 minutes apart are one session.'),
  filter: predicateSchema.optional(),
  exclude: z.array(idSchema).max(1000).optional().describe('Items not to show.'),
  limit: limit.default(10),
  personalize: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('How far the slate may follow the person: 0 is the slate of nobody, 1 all the way.'),
  locale: languageTag
    .optional()
    .describe(
      'Language of reasons, as BCP 47 has it: `en`, `zh`. Default: of the query, told from its letters, or English.',
    ),
  explain: z.boolean().default(false).describe('A reason an item, and each contribution to its score.'),
  trace: z
    .boolean()
    .default(false)
    .describe('Account for every candidate: proposed, filtered, scored and moved by whom, with times.'),
  context: z
    .record(z.string().max(128), z.union([z.string().max(1000), z.number(), z.boolean()]))
    .refine((context) => Object.keys(context).length <= 50, 'at most 50 members')
    .optional(),
  at: timeSchema
    .optional()
    .describe('Ask as of this moment: histories, sessions and counts use events up to it. Default now.'),
  artifacts: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/), z.string().regex(/^[0-9a-f]{8,64}$/))
    .refine((artifacts) => Object.keys(artifacts).length <= 16, 'at most 16 models')
    .optional()
    .describe('Models to serve with instead of the promoted ones: digest by name.'),
};

const paging = z
  .boolean()
  .default(false)
  .describe('Keep the order for 15 minutes and answer with a `cursor` where more items remain.');

const surface = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/)
  .describe('home, item, cart, search, email, or one of your own.');
const itemIds = z.array(idSchema).max(200).optional().describe('Seeds: the items of the page or of the cart.');
const seen = z.enum(['exclude', 'include']).describe('Whether items already bought may return.');

const interpret = z
  .boolean()
  .default(true)
  .describe('Whether prices, attributes, brands and an order that the query says become a filter and a sort.');

const onSurface = { surface, ...asked, itemIds, query: z.string().max(1000).optional() };

export const slateRequestSchema = z
  .strictObject({ ...onSurface, seen: seen.default('exclude'), paging })
  .meta({ id: 'SlateRequest' });
export type SlateRequest = z.output<typeof slateRequestSchema>;

/** One of many: without pages, whose orders would have to be kept for all of them. */
export const batchedSlateRequestSchema = z
  .strictObject({ ...onSurface, seen: seen.default('exclude') })
  .meta({ id: 'BatchedSlateRequest' });

const { explain: _explain, trace: _trace, ...unexplained } = onSurface;

/** What an item's way is asked for: any slate's request, and the item. */
export const whyRequestSchema = z
  .strictObject({
    ...unexplained,
    seen: seen.optional().describe('Default: as the call of the surface has it, include for search.'),
    interpret: interpret.describe('Of a search: as its own call has it.'),
    itemId: idSchema.describe('The item whose way is asked for.'),
  })
  .meta({ id: 'WhyRequest' });
export type WhyRequest = z.output<typeof whyRequestSchema>;

export const searchRequestSchema = z
  .strictObject({
    query: z.string().min(1).max(1000),
    ...asked,
    seen: seen.default('include'),
    language: languageTag
      .optional()
      .describe('Language of the query, as BCP 47 has it. Default: told from its letters.'),
    facets: z
      .array(z.string().min(1).max(200))
      .max(20)
      .optional()
      .describe('Fields to count values of over everything that passed: brand, categories, attributes.<name>, …'),
    sort: z
      .enum(['relevance', 'price-asc', 'price-desc', 'newest'])
      .optional()
      .describe(
        'Order of everything that passed; items without the field come last, equal ones by relevance. Default: what the query says, else relevance.',
      ),
    interpret,
    paging,
  })
  .meta({ id: 'SearchRequest' });
export type SearchRequest = z.output<typeof searchRequestSchema>;

/** The page after: everything else was said with the first. */
export const nextPageSchema = z
  .strictObject({
    cursor: z.string().min(1).max(200).describe('As the page before gave it.'),
    limit: limit.optional().describe('Default: that of the first page.'),
  })
  .meta({ id: 'NextPage' });
export type NextPage = z.output<typeof nextPageSchema>;

export const similarQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(10),
  filter: z.string().max(10_000).optional().describe('A filter as JSON.'),
});
