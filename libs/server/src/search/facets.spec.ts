import * as fc from 'fast-check';
import { AttuneError, type Item } from '@attune/sdk';
import { configSchema } from '../config/config.schema.js';
import { checkFacets, facetsOf } from './facets.js';

const { attributes } = configSchema.parse({
  attributes: {
    color: { type: 'keyword', facet: true },
    size: { type: 'number', facet: true },
    giftable: { type: 'boolean', facet: true },
    material: { type: 'keyword' },
    since: { type: 'date' },
  },
});

const items: readonly Item[] = [
  { id: '1', title: 'a', brand: 'Acme', categories: ['Mugs', 'Mugs', 'Gifts'], price: { amount: 2, currency: 'GBP' } },
  { id: '2', title: 'b', brand: 'Acme', categories: ['Mugs'], attributes: { color: ['red', 'blue'], size: 3 } },
  { id: '3', title: 'c', tags: ['new'], price: { amount: 9, currency: 'USD' }, attributes: { color: 'blue' } },
  { id: '4', title: 'd', price: { amount: 3, currency: 'GBP' }, attributes: { giftable: true, size: 'large' } },
];

describe('facetsOf', () => {
  it('counts values of fields, most frequent first', () => {
    const fields = ['categories', 'brand', 'tags', 'attributes.color', 'attributes.giftable', 'brand'];
    expect(facetsOf(items, fields, attributes)).toEqual([
      {
        field: 'categories',
        values: [
          { value: 'Mugs', count: 2 },
          { value: 'Gifts', count: 1 },
        ],
      },
      { field: 'brand', values: [{ value: 'Acme', count: 2 }] },
      { field: 'tags', values: [{ value: 'new', count: 1 }] },
      {
        field: 'attributes.color',
        values: [
          { value: 'blue', count: 2 },
          { value: 'red', count: 1 },
        ],
      },
      { field: 'attributes.giftable', values: [{ value: true, count: 1 }] },
    ]);
  });

  it('counts numbers in bands, prices in one currency', () => {
    const [price, size] = facetsOf(items, ['price', 'attributes.size'], attributes);
    expect(price!.values.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(size!.values).toEqual([{ value: 'all', count: 1 }]);
    const many = Array.from({ length: 50 }, (_, i): Item => ({ id: `${i}`, title: 't', attributes: { size: i } }));
    const [bands] = facetsOf(many, ['attributes.size'], attributes);
    expect(bands!.values[0]).toEqual({ value: '< 10', count: 10, to: 10 });
    expect(bands!.values[1]).toEqual({ value: '10–20', count: 10, from: 10, to: 20 });
    expect(bands!.values.at(-1)).toMatchObject({ value: '≥ 40', from: 40 });
  });

  it('is what counting by hand gives, at most 50 values', () => {
    const value = fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('red', 'blue', '__proto__', 'constructor'));
    const item = fc.record({ color: fc.option(fc.array(value, { maxLength: 4 })), brand: fc.option(value) });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 80 }), (rows) => {
        const all = rows.map(({ color, brand }, i): Item => ({
          id: `${i}`,
          title: 't',
          ...(color !== null && { attributes: { color } }),
          ...(brand !== null && { brand }),
        }));
        const [colors, brands] = facetsOf(all, ['attributes.color', 'brand'], attributes);
        const expected = (of: (row: (typeof rows)[number]) => readonly string[]) =>
          [...new Set(rows.flatMap(of))]
            .map((one) => ({ value: one, count: rows.filter((row) => of(row).includes(one)).length }))
            .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
            .slice(0, 50);
        expect(colors!.values).toEqual(expected(({ color }) => color ?? []));
        expect(brands!.values).toEqual(expected(({ brand }) => (brand === null ? [] : [brand])));
      }),
    );
  });
});

describe('checkFacets', () => {
  it('takes what is built in or declared', () => {
    expect(() => checkFacets(['categories', 'brand', 'tags', 'price', 'attributes.color'], attributes)).not.toThrow();
    expect(() => checkFacets(undefined, attributes)).not.toThrow();
  });

  it.each([
    ['attributes.material', 'attributes: { "material": { type: keyword, facet: true } }'],
    ['attributes.weight', 'attributes: { "weight": { type: keyword, facet: true } }'],
    ['attributes.since', 'is a date'],
    ['color', "write 'attributes.color'"],
    ['titel', 'use categories, brand, tags, price or attributes.<name>'],
    ['attributes.', 'use categories'],
    ['attributes.__proto__', '"__proto__"'],
  ])('refuses %s and says what to do', (field, fix) => {
    let thrown: unknown;
    try {
      checkFacets(['brand', field], attributes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AttuneError);
    expect(thrown).toMatchObject({ code: 'FACET_UNKNOWN', pointer: '/facets/1' });
    expect((thrown as AttuneError).detail).toContain(fix);
  });

  it('refuses a date as a facet when the configuration is read', () => {
    const read = configSchema.safeParse({ attributes: { since: { type: 'date', facet: true } } });
    expect(read.error?.issues[0]).toMatchObject({ path: ['attributes', 'since', 'facet'] });
  });
});
