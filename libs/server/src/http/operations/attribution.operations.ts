import { attributionAnswerSchema, attributionQuerySchema } from '../calls/attribution.js';
import type { Operation } from './operation.js';

export const attribution = {
  id: 'attribution',
  method: 'get',
  path: '/v1/attribution',
  tag: 'slates',
  scope: 'admin',
  summary: 'What came of the slates that were shown',
  description:
    'Events that name a slate by `slateId` are joined to it where they happen within 7 days of it. Every item of a slate is an impression; where `impression` events say what was seen, only those items are. A click (`click` or `view`), an `add_to_cart` and a `purchase` count once a slate and item. Rates are per impression. Days are those of the slates.',
  query: attributionQuerySchema,
  example: { surface: 'home', by: 'position', from: '2026-11-01', to: '2026-11-30' },
  answer: {
    status: 200,
    description: 'Counts and rates, a row a surface and position or pipeline.',
    schema: attributionAnswerSchema,
    example: {
      rows: [
        {
          surface: 'home',
          position: 1,
          slates: 1200,
          impressions: 1100,
          clicks: 121,
          carts: 30,
          purchases: 11,
          ctr: { value: 0.11, low: 0.0929, high: 0.1298 },
          conversionRate: { value: 0.01, low: 0.0056, high: 0.0178 },
        },
      ],
    },
  },
  errors: [],
} as const satisfies Operation;
