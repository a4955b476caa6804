import fc from 'fast-check';
import type { Item } from '../data/item.schema.js';
import { allOf, compilePredicate, fieldsOf } from './compile-predicate.js';
import { OPERATOR_TABLE } from './operator-table.js';
import { predicateSchema, type Predicate } from './predicate.schema.js';

const itemOf = (part: Partial<Item>): Item => ({ id: 'x', title: 'X', ...part });
const passes = (filter: Predicate, part: Partial<Item>): boolean =>
  compilePredicate(predicateSchema.parse(filter))(itemOf(part));

describe('the operator table', () => {
  const examples = OPERATOR_TABLE.flatMap(({ operator, examples: all }) =>
    all.map((example) => ({ operator, ...example })),
  );

  it.each(examples)('$operator: $filter', ({ filter, passes: yes, fails: no }) => {
    for (const part of yes) expect([part, passes(filter, part)]).toEqual([part, true]);
    for (const part of no) expect([part, passes(filter, part)]).toEqual([part, false]);
  });

  it('names every operator there is, once', () => {
    const names = OPERATOR_TABLE.map(({ operator }) => operator);
    expect(names).toEqual([
      '$eq',
      '$ne',
      '$in',
      '$nin',
      '$gt',
      '$gte',
      '$lt',
      '$lte',
      '$exists',
      '$and',
      '$or',
      '$not',
    ]);
  });
});

const words = fc.constantFrom('a', 'b', 'c');
const parts: fc.Arbitrary<Partial<Item>> = fc.record(
  {
    brand: words,
    tags: fc.array(words, { maxLength: 3 }),
    price: fc.record({ amount: fc.integer({ min: 0, max: 4 }), currency: fc.constant('GBP') }),
    available: fc.boolean(),
  },
  { requiredKeys: [] },
);
const comparison = fc.constantFrom('$gt', '$gte', '$lt', '$lte');
const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  fc
    .record({ field: fc.constantFrom('brand', 'tags'), op: fc.constantFrom('$eq', '$ne'), value: words })
    .map(({ field, op, value }) => ({ [field]: { [op]: value } })),
  fc
    .record({
      field: fc.constantFrom('brand', 'tags'),
      op: fc.constantFrom('$in', '$nin'),
      values: fc.array(words, { maxLength: 3 }),
    })
    .map(({ field, op, values }) => ({ [field]: { [op]: values } })),
  fc
    .record({ op: comparison, value: fc.integer({ min: 0, max: 4 }) })
    .map(({ op, value }) => ({ 'price.amount': { [op]: value } })),
  fc
    .record({ field: fc.constantFrom('brand', 'tags', 'price.amount'), exists: fc.boolean() })
    .map(({ field, exists }) => ({ [field]: { $exists: exists } })),
);
const filters = fc.letrec<{ filter: Predicate }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })),
    tie('filter').map(($not) => ({ $not })),
  ),
})).filter;

describe('filters against a plain reading of the table', () => {
  it('agree on random filters and items', () => {
    fc.assert(
      fc.property(filters, parts, (filter, part) => passes(filter, part) === plainly(filter, itemOf(part))),
      { numRuns: 2000 },
    );
  });

  it('join with allOf as $and does', () => {
    fc.assert(
      fc.property(fc.array(fc.option(filters, { nil: undefined }), { maxLength: 3 }), parts, (all, part) => {
        const joined = allOf(all);
        const each = all.every((one) => one === undefined || passes(one, part));
        return (joined === undefined || passes(joined, part)) === each;
      }),
    );
  });

  it('name every field they read', () => {
    expect(fieldsOf({ $and: [{ brand: 'a' }, { $not: { 'attributes.size.eu': 3 } }], tags: 'b' })).toEqual([
      'brand',
      'attributes.size.eu',
      'tags',
    ]);
  });
});

/** What the table says, written a second time in the dullest way. */
function plainly(filter: Predicate, item: Item): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (key === '$and') return (value as readonly Predicate[]).every((one) => plainly(one, item));
    if (key === '$or') return (value as readonly Predicate[]).some((one) => plainly(one, item));
    if (key === '$not') return !plainly(value as Predicate, item);
    const found = key === 'price.amount' ? item.price?.amount : item[key as 'brand' | 'tags'];
    const values: readonly unknown[] = found === undefined ? [] : Array.isArray(found) ? found : [found];
    const [[operator, operand]] = Object.entries(value as Record<string, unknown>) as [[string, never]];
    const any = (test: (one: never) => boolean): boolean => values.some((one) => test(one as never));
    switch (operator) {
      case '$eq':
        return any((one) => one === operand);
      case '$ne':
        return !any((one) => one === operand);
      case '$in':
        return any((one) => (operand as readonly unknown[]).includes(one));
      case '$nin':
        return !any((one) => (operand as readonly unknown[]).includes(one));
      case '$gt':
        return any((one) => one > operand);
      case '$gte':
        return any((one) => one >= operand);
      case '$lt':
        return any((one) => one < operand);
      case '$lte':
        return any((one) => one <= operand);
      default:
        return values.length > 0 === operand;
    }
  });
}

describe('hostile filters', () => {
  const deep = (levels: number): unknown =>
    Array.from({ length: levels }).reduce<unknown>((inner) => ({ $not: inner }), { brand: 'a' });

  it.each([
    ['no object', 'brand = a'],
    ['an unknown operator', { brand: { $regex: '(a+)+$' } }],
    ['an unknown logical operator', { $where: 'sleep(1)' }],
    ['an empty $and', { $and: [] }],
    ['a condition without operator', { brand: {} }],
    ['a hundred thousand levels behind a value', { $and: ['a', deep(100_000)] }],
    ['a hundred levels', deep(100)],
    ['a hundred thousand levels', deep(100_000)],
    ['a thousand conditions', { $or: Array.from({ length: 1000 }, (_, i) => ({ brand: `b${i}` })) }],
    ['ten thousand and one values', { brand: { $in: Array.from({ length: 10_001 }, (_, i) => `b${i}`) } }],
  ])('%s is refused', (_, filter) => {
    expect(predicateSchema.safeParse(filter).success).toBe(false);
  });

  it('a prototype as a field is no field', () => {
    const parsed = predicateSchema.parse(JSON.parse('{"__proto__": {"brand": "a"}}'));
    expect(Object.keys(parsed)).toEqual([]);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });

  it('eight levels are fine', () => {
    expect(predicateSchema.safeParse(deep(7)).success).toBe(true);
  });
});
