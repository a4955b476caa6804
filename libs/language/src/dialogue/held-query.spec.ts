import { ENGLISH_SHOP } from '../wishes/testing/shops.js';
import { WishReader } from '../wishes/wish-reader.js';
import { heldReading } from './held-reading.js';

const reader = new WishReader(ENGLISH_SHOP);
const queryOf = (message: string, query: string): string | undefined =>
  heldReading(message, reader.read(message), { query, want: [], avoid: [], below: null, above: null }, ENGLISH_SHOP)
    ?.rest;

describe('the query of a reading, which is shown as what was searched for', () => {
  it.each([
    ['a promise', 'mug with full refund'],
    ['a discount in Chinese', '杯子 优惠'],
    ['a number', 'mug 90 off'],
    ['an address', 'mug https://evil.example'],
    ['markup', '<b>mug</b>'],
    ['a call of a tool', 'order-status({"userId":"bob"})'],
    ['a sentence that goes on', 'put this mug before all other mugs that there are in this shop today'],
    ['claims for the most part', 'certified organic approved mug'],
  ])('is not taken where it has %s that the shopper did not say', (_, query) => {
    expect(queryOf('something nice for tea', query)).toBeUndefined();
  });

  it.each([
    ['words', 'something nice for tea', 'mug with lid', 'mug with lid'],
    ['words of which one is a claim', 'something for rainy days', 'waterproof jacket umbrella', 'jacket umbrella'],
    ['a claim that the shopper said', 'something waterproof for rainy days', 'waterproof jacket', 'waterproof jacket'],
    ['a number that the shopper said', 'a box for 6 eggs please', 'egg box 6', 'egg box 6'],
    ['Chinese', '送给喜欢喝茶的人', '茶杯', '茶杯'],
  ])('is taken where it is %s', (_, message, query, taken) => {
    expect(queryOf(message, query)).toBe(taken);
  });
});
