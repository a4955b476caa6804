import { WishReader, type Facts } from '@attune/language/understanding';
import { filterOfParts, saidIn, withoutLeastSure, type SaidPart } from './said-query.js';

const FACTS: Facts = {
  attributes: new Map([
    ['color', ['red', 'blue', 'white']],
    ['material', ['wood', 'glass']],
  ]),
  categories: ['Mugs', 'Bags'],
  brands: ['Acme'],
  currency: 'GBP',
};
const reader = new WishReader(FACTS);
const partsOf = (typed: string): readonly SaidPart[] => saidIn(typed, reader)?.parts ?? [];

describe('saidIn', () => {
  it('splits a query into filters, what is left, and what that is about', () => {
    expect(saidIn('red mug under £5 not glass', reader)).toEqual({
      parts: [
        { path: 'attributes.color', test: { $in: ['red'] }, text: 'red', span: [0, 3] },
        { path: 'price.amount', test: { $lte: 5 }, text: 'under £5', span: [8, 16] },
        { path: 'attributes.material', test: { $nin: ['glass'] }, text: 'not glass', span: [17, 26] },
      ],
      rest: 'red mug',
      about: 'mug',
      sort: undefined,
      foreign: [],
    });
  });

  it.each([
    ['lunch bag'],
    ['something to keep drinks warm in winter'],
    ['cheap mugs'],
    ['any color mug'],
    ['where is my order'],
    ['by Nobody'],
    ['mugs'],
    ['-'],
    [''],
    ['500 ml'],
  ])('leaves %j as it is', (typed) => expect(saidIn(typed, reader)).toBeUndefined());

  it.each([
    ['cheapest mugs', { sort: 'price-asc', rest: 'mugs', parts: [] }],
    ['mug -handle', { rest: 'mug', parts: [] }],
    ['mug under $5', { rest: 'mug', parts: [], foreign: [{ span: [4, 12], text: 'under $5', currency: 'USD' }] }],
    ['under £5', { rest: '', about: '', parts: [{ path: 'price.amount' }] }],
    ['红色 mug', { rest: '红色 mug', about: 'mug', parts: [{ path: 'attributes.color', test: { $in: ['red'] } }] }],
    ['20英镑以下的包', { parts: [{ path: 'price.amount', test: { $lte: 20 } }], rest: '包', about: '包' }],
    ['red', { rest: 'red', about: '' }],
    ['gifts by Acme', { rest: 'gifts', about: 'gifts', parts: [{ path: 'brand', test: { $in: ['Acme'] } }] }],
  ])('of %j says %j', (typed, said) => expect(saidIn(typed, reader)).toMatchObject(said));
});

describe('filterOfParts', () => {
  it('asks for the shop’s currency with a price, and joins what is said of one field', () => {
    expect(filterOfParts(partsOf('mug over £2 under £5 not red not blue'), FACTS)).toEqual({
      'price.amount': { $gte: 2, $lte: 5 },
      'price.currency': 'GBP',
      'attributes.color': { $nin: ['red', 'blue'] },
    });
    expect(filterOfParts(partsOf('red mug'), FACTS)).toEqual({ 'attributes.color': { $in: ['red'] } });
    expect(filterOfParts([], FACTS)).toBeUndefined();
  });
});

describe('withoutLeastSure', () => {
  it('gives up what a model read, then values, names, prices and negations, of equal ones the last first', () => {
    const model: SaidPart = { path: 'attributes.color', test: { $in: ['white'] }, text: 'white' };
    let parts: readonly SaidPart[] = [model, ...partsOf('red wood gifts by Acme under £5 not blue')];
    const given: string[] = [];
    while (parts.length > 0) {
      const left = withoutLeastSure(parts);
      given.push(parts.find((part) => !left.includes(part))!.text);
      parts = left;
    }
    expect(given).toEqual(['white', 'wood', 'red', 'by Acme', 'under £5', 'not blue']);
  });
});
