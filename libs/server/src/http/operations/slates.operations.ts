import {
  searchAnswerSchema,
  searchRequestSchema,
  similarQuerySchema,
  slateRequestSchema,
  slateSchema,
} from '@attune/sdk';
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

export const recommend = {
  id: 'recommend',
  method: 'post',
  path: '/v1/recommendations',
  tag: 'slates',
  summary: 'A slate for someone on a surface',
  body: slateRequestSchema,
  example: { surface: 'home', userId: '17850', limit: 5, explain: true },
  answer: { status: 200, description: 'The slate.', schema: slateSchema, example: slate },
  errors: ['FIELD_NOT_FILTERABLE', 'AT_IN_FUTURE', 'SURFACE_NOT_FOUND', 'NOT_READY'],
} as const satisfies Operation;

export const search = {
  id: 'search',
  method: 'post',
  path: '/v1/search',
  tag: 'slates',
  summary: 'Search, ordered for someone',
  body: searchRequestSchema,
  example: { query: 'lunch box', userId: '17850', filter: { 'price.amount': { $lt: 5 } } },
  answer: {
    status: 200,
    description: 'The slate, how many items matched, and the query as it was understood.',
    schema: searchAnswerSchema,
    example: { ...slate, surface: 'search', total: 12, query: { text: 'lunch box' } },
  },
  errors: ['FIELD_NOT_FILTERABLE', 'AT_IN_FUTURE', 'SURFACE_NOT_FOUND', 'NOT_READY'],
} as const satisfies Operation;

export const similarItems = {
  id: 'similarItems',
  method: 'get',
  path: '/v1/items/{id}/similar',
  tag: 'slates',
  summary: 'Items like this one',
  query: similarQuerySchema,
  example: { limit: '5', filter: '{"available":true}' },
  answer: { status: 200, description: 'The slate.', schema: slateSchema, example: { ...slate, surface: 'item' } },
  errors: ['ITEM_NOT_FOUND', 'FIELD_NOT_FILTERABLE', 'SURFACE_NOT_FOUND', 'NOT_READY'],
} as const satisfies Operation;
