import type { QueryRewrite } from '@attune/language';
import type { Facts } from '@attune/language/understanding';
import { heldRewrite } from './held-rewrite.js';

const facts: Facts = {
  attributes: new Map([
    ['color', ['Red', 'red', 'blue']],
    ['constructor', ['x']],
  ]),
  categories: ['Mugs'],
  brands: ['Acme'],
  currency: 'GBP',
};
const KNOWN = new Set(['flask', 'tea', 'red']);
const check = {
  typed: 'something to keep tea warm for 20 or less',
  facts,
  unknown: async (text: string) => text.split(' ').filter((word) => !KNOWN.has(word)),
};
const held = (query: string, ...filters: QueryRewrite['filters']) => heldRewrite({ query, filters }, check);

describe('heldRewrite', () => {
  it('takes words that are known, values of the catalogue in each spelling of it, and amounts that were said', async () => {
    expect(
      await held(
        ' tea flask ',
        { field: 'color', value: 'RED' },
        { field: 'categories', value: 'mugs' },
        { field: 'brand', value: 'Acme' },
        { field: 'price', below: 20 },
      ),
    ).toEqual({
      query: 'tea flask',
      parts: [
        { path: 'attributes.color', test: { $in: ['Red', 'red'] }, text: 'RED' },
        { path: 'categories', test: { $in: ['Mugs'] }, text: 'mugs' },
        { path: 'brand', test: { $in: ['Acme'] }, text: 'Acme' },
        { path: 'price.amount', test: { $lte: 20 }, text: '20' },
      ],
    });
  });

  it.each<[string, string, QueryRewrite['filters']]>([
    ['no words', '  ', []],
    ['a word that nobody has', 'tea iPhone', []],
    ['more words than a query has', 'tea '.repeat(60), []],
    ['a field that there is not', 'tea', [{ field: 'title', value: 'x' }]],
    ['a field of objects', 'tea', [{ field: '__proto__', value: 'x' }]],
    ['a value that the catalogue has not', 'tea', [{ field: 'color', value: 'green' }]],
    ['a value without a field', 'tea', [{ field: '', value: 'red' }]],
    ['a field without a value', 'tea', [{ field: 'color' }]],
    ['a bound on a color', 'tea', [{ field: 'color', below: 20 }]],
    ['an amount that nobody said', 'tea', [{ field: 'price', below: 5 }]],
    ['a price without an amount', 'tea', [{ field: 'price' }]],
    ['a price that is a text', 'tea', [{ field: 'price', value: '20' }]],
    [
      'one of two that does not hold',
      'tea',
      [
        { field: 'color', value: 'red' },
        { field: 'price', above: 1 },
      ],
    ],
  ])('refuses %s', async (_, query, filters) => {
    expect(await held(query, ...filters)).toEqual({ unusable: expect.any(String) as string });
  });
});
