import { interestLines } from '../interest-lines.js';
import { interestsAfter } from '../interests-after.js';
import type { InterestEvent, InterestFacts } from '../interests.types.js';

export const DAY = 86_400_000;
export const NOW = 1000 * DAY;
export const given: InterestFacts = {
  items: new Map([
    [
      'a',
      {
        categories: ['Kitchen > Lunch boxes'],
        brand: 'Acme',
        price: { amount: 10, currency: 'GBP' },
        attributes: { color: 'red' },
      },
    ],
    [
      'b',
      {
        categories: ['Kitchen > Lunch boxes'],
        tags: ['school'],
        price: { amount: 14, currency: 'GBP' },
        attributes: { capacity_level: 'high' },
      },
    ],
    ['c', { categories: ['DVDs'], price: { amount: 3.5, currency: 'GBP' } }],
    ['d', { categories: ['Lamps'] }],
  ]),
  weights: { purchase: 1 },
  attributes: ['color', 'capacity_level'],
  halfLifeDays: 30,
  now: NOW,
};
export const event = (type: string, more: Partial<InterestEvent>): InterestEvent => ({ type, at: NOW, ...more });
export const bought = (...itemIds: readonly string[]): InterestEvent => event('purchase', { itemIds });
export const state = interestsAfter(
  undefined,
  [
    ...[bought('a'), bought('a'), bought('b'), bought('c')],
    event('hide', { itemIds: ['d'] }),
    event('search', { query: 'Lunch Bag' }),
    event('review', { review: 'Good quality' }),
  ],
  given,
);
export const lines = interestLines(state, { language: 'en' });
