import {
  batchedSlateRequestSchema,
  nextPageSchema,
  searchAnswerSchema,
  searchRequestSchema,
  similarQuerySchema,
  slateRequestSchema,
  slateSchema,
  whyRequestSchema,
} from '@attune/sdk';
import { z } from 'zod';
import { whyAnswerSchema } from '../../slates/why.schema.js';
import { problemSchema } from '../problems/problem.schema.js';
import type { Operation } from './operation.js';

const slate = {
  slateId: 's-0f3a',
  surface: 'home',
  pipeline: { digest: '9c1f4b' },
  items: [
    {
      id: '22551',
      score: 1.31,
      rank: 1,
      item: { id: '22551', title: 'Spaceboy lunch box' },
      contributions: { ease: 0.9, 'recent-sales': 0.41 },
      reason: { key: 'because-you-bought', text: 'Because you bought Dolly girl lunch box', evidence: ['22630'] },
    },
  ],
  degraded: [],
  tookMs: 3.2,
};

const ERRORS = [
  'FIELD_NOT_FILTERABLE',
  'AT_IN_FUTURE',
  'SURFACE_NOT_FOUND',
  'ARTIFACT_NOT_FOUND',
  'NOT_READY',
] as const;
const PAGES = ['CURSOR_INVALID', 'CURSOR_EXPIRED'] as const;
const PAGING =
  'With `paging: true` the order is kept for 15 minutes and up to 1,000 items, and the answer has a `cursor` while more remain; the same call with `{cursor, limit?}` and nothing else gives the next page. Pages never repeat an item nor miss one; items that were deleted or became unavailable since are left out. Each page is a slate of its own, with its own `slateId`.';

export const recommend = {
  id: 'recommend',
  method: 'post',
  path: '/v1/recommendations',
  tag: 'slates',
  scope: 'recommend',
  summary: 'A slate for someone on a surface',
  description: PAGING,
  body: z.union([slateRequestSchema, nextPageSchema]),
  example: { surface: 'home', userId: '17850', limit: 5, explain: true },
  answer: { status: 200, description: 'The slate.', schema: slateSchema, example: slate },
  errors: [...ERRORS, ...PAGES],
} as const satisfies Operation;

export const recommendBatch = {
  id: 'recommendBatch',
  method: 'post',
  path: '/v1/recommendations/batch',
  tag: 'slates',
  scope: 'recommend',
  summary: 'Many slates in one pass',
  description:
    'Requests of one surface go through its pipeline together, eight at a time, and those eight share its deadline. Each is answered by its slate, or by the problem it would have met alone; its id is `<X-Request-Id>-<n>`, n from 0.',
  body: z.strictObject({ requests: z.array(batchedSlateRequestSchema).min(1).max(100) }),
  example: {
    requests: [
      { surface: 'home', userId: '17850', limit: 3 },
      { surface: 'cart', itemIds: ['22551'], limit: 3 },
    ],
  },
  answer: {
    status: 200,
    description: 'Slates and problems, aligned with the requests.',
    schema: z.strictObject({ results: z.array(z.union([slateSchema, problemSchema])) }).meta({ id: 'SlateBatch' }),
    example: { results: [slate] },
  },
  errors: ['NOT_READY'],
} as const satisfies Operation;

/** The batch as it is checked: its requests one by one, so that a bad one does not cost the others. */
export const batchEnvelopeSchema = z.strictObject({ requests: z.array(z.unknown()).min(1).max(100) });

export const why = {
  id: 'why',
  method: 'post',
  path: '/v1/recommendations/why',
  tag: 'slates',
  scope: 'recommend',
  summary: 'Why an item is shown, or is not',
  description:
    'Any slate’s request and an `itemId`: where the item fell, by which rule or rank, and what would have let it in. For a search, the surface is `search` and the words go into `query`.',
  body: whyRequestSchema,
  example: { surface: 'home', userId: '17850', limit: 5, itemId: '22551' },
  answer: {
    status: 200,
    description: 'The item’s way.',
    schema: whyAnswerSchema,
    example: {
      itemId: '22551',
      shown: false,
      stage: 'rank',
      rank: 34,
      of: 300,
      by: 'ease',
      explanation:
        'It ranks 34 of 300 with a score of 0.31; the last of 10 shown has 0.52, and most is lost by ease (0.02 against 0.3).',
      wouldHelp: ['A limit of 34 or more.', 'A score above 0.52.'],
      score: 0.31,
      contributions: { ease: 0.02, 'recent-sales': 0.29 },
      cutoff: { itemId: '22630', score: 0.52, contributions: { ease: 0.3, 'recent-sales': 0.22 } },
      retrievers: [{ name: 'ease', limit: 200, proposed: 200, position: 34 }],
    },
  },
  errors: ERRORS,
} as const satisfies Operation;

export const search = {
  id: 'search',
  method: 'post',
  path: '/v1/search',
  tag: 'slates',
  scope: 'recommend',
  summary: 'Search, ordered for someone',
  description: `Facets and sorting are over everything that passed the filters, up to what the retrievers of the surface propose. ${PAGING}`,
  body: z.union([searchRequestSchema, nextPageSchema]),
  example: { query: 'lunch box', userId: '17850', filter: { 'price.amount': { $lt: 5 } } },
  answer: {
    status: 200,
    description: 'The slate, how many items matched, their facets, and the query as it was understood.',
    schema: searchAnswerSchema,
    example: {
      ...slate,
      surface: 'search',
      total: 12,
      facets: [{ field: 'brand', values: [{ value: 'Acme', count: 12 }] }],
      query: { text: 'lunch box', typed: 'lunhc box', corrected: 'lunch box', intent: 'category', relaxed: [] },
    },
  },
  errors: [...ERRORS, ...PAGES, 'FACET_UNKNOWN'],
} as const satisfies Operation;

export const similarItems = {
  id: 'similarItems',
  method: 'get',
  path: '/v1/items/{id}/similar',
  tag: 'slates',
  scope: 'recommend',
  summary: 'Items like this one',
  query: similarQuerySchema,
  example: { limit: '5', filter: '{"available":true}' },
  answer: { status: 200, description: 'The slate.', schema: slateSchema, example: { ...slate, surface: 'item' } },
  errors: ['ITEM_NOT_FOUND', 'FIELD_NOT_FILTERABLE', 'SURFACE_NOT_FOUND', 'NOT_READY'],
} as const satisfies Operation;
