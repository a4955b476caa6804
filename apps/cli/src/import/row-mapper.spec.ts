import { mappingSchema } from './mapping.schema.js';
import { mapperAsIs, mapperByName, mapperOf } from './row-mapper.js';
import type { Target } from './target.js';

const mapped = (fields: object, columns: object, target: Target = 'items') =>
  mapperOf(mappingSchema.parse({ fields }), target)({ line: 1, columns: { ...columns } });

describe('a mapping', () => {
  it('takes columns, constants, templates, paths and defaults', () => {
    const fields = {
      id: { template: '{shop}/{sku}' },
      title: 'name.en',
      brand: { value: 'Acme' },
      categories: { value: 'All' },
      'price.amount': 'cost',
      'price.currency': { value: 'EUR' },
      available: { column: 'state', map: { on: true, off: false }, default: true },
      'attributes.color.main': 'color',
    };
    const columns = { shop: 's', sku: 7, name: { en: 'Mug' }, cost: '3.5', state: 'off', color: 'red' };
    expect(mapped(fields, columns)).toEqual({
      id: 's/7',
      title: 'Mug',
      brand: 'Acme',
      categories: ['All'],
      price: { amount: 3.5, currency: 'EUR' },
      available: false,
      attributes: { 'color.main': 'red' },
    });
    expect(mapped(fields, { sku: 7 })).toEqual({ brand: 'Acme', categories: ['All'], available: true });
  });

  it('names the field where a cell does not fit', () => {
    expect(() => mapped({ 'price.amount': 'cost' }, { cost: 'free' })).toThrow("price.amount: 'free' is no number");
    const fields = { available: { column: 's', map: { on: true } } };
    expect(() => mapped(fields, { s: 'toString' })).toThrow("available: 'toString' is not in its map (on)");
  });

  it('gives an event without id one of its content', () => {
    const fields = { type: { value: 'view' }, userId: 'u' };
    const [a, again, other] = ['1', '1', '2'].map((u) => mapped(fields, { u }, 'events')!['id']);
    expect(a).toMatch(/^row-[\w-]{27}$/);
    expect([again === a, other === a]).toEqual([true, false]);
    expect(mapperAsIs('events')({ line: 1, columns: { id: 'own', type: 'view' } })).toEqual({
      id: 'own',
      type: 'view',
    });
  });

  it('fills empty cells from rows with the same key, and skips what it says', () => {
    const mapper = mapperOf(
      mappingSchema.parse({
        inherit: { by: 'h', columns: ['t'] },
        skipWhenEmpty: ['sku'],
        fields: { id: 'sku', title: 't' },
      }),
      'items',
    );
    const rows = [
      { h: 'a', t: 'Mug', sku: '1' },
      { h: 'a', t: '', sku: '2' },
      { h: 'a', t: '', sku: '' },
      { h: 'b', t: '', sku: '3' },
    ];
    expect(rows.map((columns, line) => mapper({ line, columns }))).toEqual([
      { id: '1', title: 'Mug' },
      { id: '2', title: 'Mug' },
      undefined,
      { id: '3' },
    ]);
  });

  it('by name takes columns that are fields and names the others', () => {
    const { mapper, ignored } = mapperByName(
      ['id', 'tags', 'price.amount', 'colour', 'attributes.', 'constructor'],
      'items',
    );
    expect(ignored).toEqual(['colour', 'attributes.', 'constructor']);
    expect(mapper({ line: 1, columns: { id: '1', tags: 'a|b', 'price.amount': '2' } })).toEqual({
      id: '1',
      tags: ['a', 'b'],
      price: { amount: 2 },
    });
  });

  it('needs exactly one source a field', () => {
    for (const field of [{}, { column: 'a', value: 1 }])
      expect(mappingSchema.safeParse({ fields: { id: field } }).success).toBe(false);
  });
});
