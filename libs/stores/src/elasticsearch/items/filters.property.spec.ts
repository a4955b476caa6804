import { compilePredicate, vocabularyOf, type Item, type Predicate } from '@attune/sdk';
import { calmCall, START } from '@attune/testkit';
import * as fc from 'fast-check';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith } from '../../fixtures/services.js';
import { termOf, textOf } from './filter-token.js';
import { ElasticsearchSearchIndex } from './search-index.adapter.js';

/** Texts that meet, order differently by unit and by byte, hold half characters, or are long. */
const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'b',
    'ab',
    'A',
    '7',
    'true',
    'ä',
    '店',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '\ud800',
    '\u{1f600}',
    'x y',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('z'.repeat(1000), '店'.repeat(1000), '\ud83d\ude00'.repeat(500)),
);
const numbers = fc.oneof(
  fc.integer({ min: -3, max: 8 }),
  fc.constantFrom(0, -0, 0.1, 7, 1e-308, -1e308, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const scalars = fc.oneof(texts, numbers, fc.boolean());
const NAMES = ['a', 'b.c', 'b', '店 x', '1:a', '__proto__x', '\ud800'];
const name = fc.constantFrom(...NAMES);

const parts: fc.Arbitrary<Omit<Item, 'id' | 'title'>> = fc.record(
  {
    brand: texts,
    tags: fc.array(texts, { maxLength: 3 }),
    categories: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
    description: fc.constantFrom('a', 'b'),
    price: fc.record({ amount: numbers.map(Math.abs), currency: fc.constantFrom('GBP', 'EUR') }),
    available: fc.boolean(),
    language: fc.constantFrom('en', 'zh'),
    groupId: fc.constantFrom('a', 'b'),
    publishedAt: fc.constantFrom('2026-01-01T00:00:00Z', '2026-02-01T00:00:00+01:00'),
    attributes: fc.dictionary(name, fc.oneof(scalars, fc.array(scalars, { maxLength: 3 })), { maxKeys: 4 }),
  },
  { requiredKeys: [] },
);
const items = fc
  .array(parts, { minLength: 20, maxLength: 60 })
  // As they come over HTTP, where −0 is 0.
  .map((all) => JSON.parse(JSON.stringify(all)) as typeof all)
  .map((all) => all.map((part, i): Item => ({ id: `i${i}`, title: i % 2 === 0 ? 'lamp' : 'red lamp', ...part })));

const path = fc.oneof(
  fc.constantFrom(
    'id',
    'title',
    'brand',
    'categories',
    'tags',
    'price.amount',
    'price.currency',
    'available',
    'language',
  ),
  fc.constantFrom('groupId', 'publishedAt', 'updatedAt', 'description', 'price', 'attributes', 'nothing'),
  name.map((one) => `attributes.${one}`),
);
const operand = fc.oneof(scalars, fc.constantFrom('a', 'b', 'i3', 'i7', 'GBP', 'en', '2026-01-15', true));
const condition = fc.oneof(
  operand,
  fc.record({ op: fc.constantFrom('$eq', '$ne'), value: operand }).map(({ op, value }) => ({ [op]: value })),
  fc
    .record({ op: fc.constantFrom('$in', '$nin'), values: fc.array(operand, { maxLength: 4 }) })
    .map(({ op, values }) => ({ [op]: values })),
  fc
    .uniqueArray(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), { minLength: 1, maxLength: 2 })
    .chain((ops) => fc.tuple(...ops.map((op) => fc.tuple(fc.constant(op), fc.oneof(texts, numbers, operand)))))
    .map((bounds) => Object.fromEntries(bounds)),
  fc.boolean().map(($exists) => ({ $exists })),
);
const { filter } = fc.letrec<{ filter: Predicate }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(path, condition).map(([at, one]): Predicate => ({ [at]: one as Predicate })),
    fc.tuple(tie('filter'), tie('filter')).map(([a, b]): Predicate => ({ ...a, ...b })),
    fc.array(tie('filter'), { maxLength: 3 }).map(($and): Predicate => ({ $and })),
    fc.array(tie('filter'), { maxLength: 3 }).map(($or): Predicate => ({ $or })),
    tie('filter').map(($not): Predicate => ({ $not })),
  ),
}));

describe('terms', () => {
  it('order by their bytes as texts do by unit and numbers by size, and give the text back', () => {
    const bytes = (value: unknown): Buffer => Buffer.from(termOf(value)[0] ?? '', 'utf8');
    fc.assert(
      fc.property(fc.tuple(texts, texts), ([a, b]) => {
        expect(Math.sign(Buffer.compare(bytes(a), bytes(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(textOf(bytes(a).toString('utf8'))).toBe(a);
      }),
    );
    fc.assert(
      fc.property(fc.tuple(numbers, numbers), ([a, b]) => {
        expect(Math.sign(Buffer.compare(bytes(a), bytes(b)))).toBe(Math.sign(a - b) + 0);
      }),
    );
  });
});

describeWith(['elasticsearch'], 'filters in Elasticsearch against the definition', () => {
  const scratch = new ScratchIndices();
  afterAll(async () => await scratch.clear());

  it('pass the same items in searches and masks', async () => {
    const index = await ElasticsearchSearchIndex.open({
      connection: scratch.connection,
      tenant: scratch.tenant(),
      spaces: [],
      clock: () => START,
    });
    const run = async (all: readonly Item[], filters: readonly Predicate[]): Promise<void> => {
      await index.delete(Array.from({ length: 60 }, (_, i) => `i${i}`));
      await index.upsert(all);
      await index.refresh();
      const stored = await index.get(all.map(({ id }) => id));
      expect(stored).toEqual(all.map((item) => ({ ...item, updatedAt: new Date(START).toISOString() })));
      const vocabulary = vocabularyOf(all.map(({ id }) => id));
      await Promise.all(
        filters.map(async (where) => {
          const test = compilePredicate(where);
          const passing = stored.map((item) => item !== undefined && test(item));
          const mask = await index.allowed(where, vocabulary);
          expect([where, ...(mask ?? [])]).toEqual([where, ...passing.map(Number)]);
          const { ids } = await index.lexical({ text: 'lamp', k: 100, where }, calmCall());
          expect([where, ...ids].sort()).toEqual(
            [where, ...all.flatMap(({ id }, i) => (passing[i] ? [id] : []))].sort(),
          );
        }),
      );
    };
    await fc.assert(fc.asyncProperty(items, fc.array(filter, { minLength: 25, maxLength: 25 }), run), {
      numRuns: 12,
      endOnFailure: true,
    });
  });
});
