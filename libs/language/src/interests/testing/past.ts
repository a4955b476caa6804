import type { InterestEvent, InterestFacts } from '../interests.types.js';

export const DAY = 86_400_000;
export const NOW = 1000 * DAY;
export const items: InterestFacts['items'] = new Map([
  [
    'box',
    {
      categories: ['Kitchen > Lunch boxes'],
      brand: 'Acme',
      tags: ['school'],
      price: { amount: 10, currency: 'GBP' },
      attributes: { color: ['red', 'blue'], ean: '123' },
    },
  ],
  [
    'mug',
    {
      categories: ['Kitchen > Mugs'],
      brand: 'Norrland',
      price: { amount: 20, currency: 'GBP' },
      attributes: { color: 'red', capacity: 320 },
    },
  ],
  ['lamp', { categories: ['Lamps'], brand: 'Acme', price: { amount: 0, currency: 'GBP' } }],
]);
export const given: InterestFacts = {
  items,
  weights: { purchase: 1, view: 0.25, rating: 1 },
  attributes: ['color'],
  halfLifeDays: 30,
  now: NOW,
};
export const event = (type: string, daysAgo: number, more: Partial<InterestEvent> = {}): InterestEvent => ({
  type,
  at: NOW - daysAgo * DAY,
  ...more,
});
