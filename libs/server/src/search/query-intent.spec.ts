import type { Item } from '@attune/sdk';
import { QueryIntents } from './query-intent.js';

const intents = new QueryIntents();
const items: readonly Item[] = [
  {
    id: '85123A',
    title: 'White hanging heart t-light holder',
    categories: ['Candle holders'],
    attributes: { color: 'white' },
  },
  { id: 'm1', title: 'Spaceboy lunch box', categories: ['Lunch boxes'], groupId: 'lunch', attributes: { sku: 'SB-9' } },
  {
    id: 'm2',
    title: 'Spaceboy lunch box red',
    categories: ['Lunch boxes'],
    groupId: 'lunch',
    attributes: { color: 'red' },
  },
  { id: 'd1', title: 'Dolly girl lunch box', categories: ['Lunch boxes'], brand: 'Dolly & Co', tags: ['for children'] },
  { id: 'd2', title: 'Red retrospot mug', attributes: { color: ['red', 'white'], size: 3 } },
  { id: 'z1', title: '不锈钢保温杯', categories: ['保温杯'] },
];
for (const item of items) intents.add(item);

describe('QueryIntents', () => {
  it.each([
    ['85123a', 'navigational'],
    [' SB-9 ', 'navigational'],
    ['spaceboy lunch box', 'navigational'],
    ['Dolly girl lunch', 'navigational'],
    ['white hanging heart light holders', 'navigational'],
    ['lunch boxes', 'category'],
    ['red lunch boxes', 'category'],
    ['dolly and co', 'category'],
    ['white', 'category'],
    ['保温杯', 'category'],
    ['lunch', 'broad'],
    ['hanging heart', 'broad'],
    ['red lunch boxes for school', 'broad'],
    ['zebra', 'broad'],
    ['', 'broad'],
    ['🎁', 'broad'],
  ])('%j is %s', (text, intent) => expect(intents.of(text)).toBe(intent));

  it('takes hostile queries', () => {
    for (const text of ['lunch '.repeat(166), '(a+)+$', '__proto__', 'constructor', 'red '.repeat(250)])
      expect(() => intents.of(text)).not.toThrow();
  });
});
