import type { Item } from '../data/item.schema.js';
import type { Predicate } from './predicate.schema.js';

/** One row an operator: what it means, and filters with items that pass and that do not. The page and the test come from it. */
export interface OperatorRow {
  readonly operator: string;
  readonly meaning: string;
  readonly examples: readonly {
    readonly filter: Predicate;
    readonly passes: readonly Partial<Item>[];
    readonly fails: readonly Partial<Item>[];
  }[];
}

const priced = (amount: number): Partial<Item> => ({ price: { amount, currency: 'GBP' } });
const UNPRICED: Partial<Item> = {};

/** The whole operator table. A missing field passes only `$exists: false` and negations; an array passes when any member does. */
export const OPERATOR_TABLE: readonly OperatorRow[] = [
  {
    operator: '$eq',
    meaning: 'Equal, of the same type. A bare value means the same.',
    examples: [
      { filter: { brand: 'Acme' }, passes: [{ brand: 'Acme' }], fails: [{ brand: 'acme' }, {}] },
      {
        filter: { tags: { $eq: 'red' } },
        passes: [{ tags: ['blue', 'red'] }],
        fails: [{ tags: ['blue'] }, { tags: [] }, {}],
      },
      { filter: { available: true }, passes: [{}, { available: true }], fails: [{ available: false }] },
    ],
  },
  {
    operator: '$ne',
    meaning: 'Not equal: no member of an array is. A missing field passes.',
    examples: [
      { filter: { tags: { $ne: 'red' } }, passes: [{ tags: ['blue'] }, {}], fails: [{ tags: ['blue', 'red'] }] },
    ],
  },
  {
    operator: '$in',
    meaning: 'Equal to one of the values.',
    examples: [{ filter: { brand: { $in: ['A', 'B'] } }, passes: [{ brand: 'B' }], fails: [{ brand: 'C' }, {}] }],
  },
  {
    operator: '$nin',
    meaning: 'Equal to none of the values. A missing field passes.',
    examples: [{ filter: { id: { $nin: ['a', 'b'] } }, passes: [{ id: 'c' }], fails: [{ id: 'a' }] }],
  },
  {
    operator: '$gt',
    meaning: 'Greater. Numbers compare with numbers, text with text (dates as ISO text); other types never.',
    examples: [{ filter: { 'price.amount': { $gt: 2 } }, passes: [priced(2.5)], fails: [priced(2), UNPRICED] }],
  },
  {
    operator: '$gte',
    meaning: 'Greater or equal.',
    examples: [
      { filter: { 'price.amount': { $gte: 2, $lt: 3 } }, passes: [priced(2)], fails: [priced(3), priced(1), UNPRICED] },
      {
        filter: { publishedAt: { $gte: '2026-01-01' } },
        passes: [{ publishedAt: '2026-05-01T00:00:00Z' }],
        fails: [{}],
      },
    ],
  },
  {
    operator: '$lt',
    meaning: 'Less.',
    examples: [{ filter: { 'price.amount': { $lt: 2 } }, passes: [priced(1)], fails: [priced(2), UNPRICED] }],
  },
  {
    operator: '$lte',
    meaning: 'Less or equal.',
    examples: [{ filter: { 'price.amount': { $lte: 2 } }, passes: [priced(2)], fails: [priced(2.01), UNPRICED] }],
  },
  {
    operator: '$exists',
    meaning: 'Whether the field has a value; an empty array has none.',
    examples: [
      { filter: { brand: { $exists: true } }, passes: [{ brand: 'A' }], fails: [{}] },
      { filter: { tags: { $exists: false } }, passes: [{}, { tags: [] }], fails: [{ tags: ['red'] }] },
    ],
  },
  {
    operator: '$and',
    meaning: 'All filters pass.',
    examples: [
      {
        filter: { $and: [{ brand: 'A' }, { tags: 'red' }] },
        passes: [{ brand: 'A', tags: ['red'] }],
        fails: [{ brand: 'A' }],
      },
    ],
  },
  {
    operator: '$or',
    meaning: 'At least one filter passes.',
    examples: [
      {
        filter: { $or: [{ brand: 'A' }, { tags: 'red' }] },
        passes: [{ brand: 'A' }, { tags: ['red'] }],
        fails: [{ brand: 'B' }],
      },
    ],
  },
  {
    operator: '$not',
    meaning: 'The filter does not pass.',
    examples: [{ filter: { $not: { 'price.amount': { $gt: 2 } } }, passes: [priced(2), UNPRICED], fails: [priced(3)] }],
  },
];
