import type { Item } from '@attune/sdk';
import { configSchema } from '../../../config/config.schema.js';
import { gatewayForEach } from '../../testing/test-gateway.js';
import { CatalogueFacts } from './catalogue-facts.js';

const gateway = gatewayForEach();
const { attributes } = configSchema.parse({
  attributes: { color: { type: 'keyword' }, width: { type: 'number' }, constructor: { type: 'keyword' } },
});
let time: number;
const clock = { monotonic: () => time };
const facts = (): CatalogueFacts => new CatalogueFacts({ items: gateway.tenant.stores.items, attributes, clock });
const put = async (...items: readonly Item[]): Promise<void> => {
  await gateway.tenant.stores.items.upsert(items);
  await gateway.tenant.stores.items.refresh();
};
const many = (from: number, count: number): readonly Item[] =>
  Array.from({ length: count }, (_, i) => ({ id: `m${from + i}`, title: 'Mug', brand: `Brand ${from + i}` }));
const brandsOf = async (one: CatalogueFacts): Promise<readonly string[]> => (await one.get()).values.get('brand') ?? [];

beforeEach(() => (time = 0));

describe('CatalogueFacts', () => {
  it('has brands and the values of declared keyword attributes, each once, and nothing of other types', async () => {
    await put(
      { id: 'a', title: 'A', brand: 'Acme', attributes: { color: ['red', 'blue'], width: 3, secret: 'x' } },
      { id: 'b', title: 'B', brand: 'Acme', attributes: { color: 'red', width: 'wide' } },
      { id: 'c', title: 'C', attributes: { color: true } },
    );
    expect(await facts().get()).toEqual({
      values: new Map([
        ['brand', ['Acme']],
        ['color', ['red', 'blue']],
        ['constructor', []],
      ]),
    });
  });

  it('are one object until the catalogue changes, and know the change of a small one at once', async () => {
    await put({ id: 'a', title: 'A', brand: 'Acme' });
    const one = facts();
    const [first, again] = [await one.get(), await one.get()];
    expect(again).toBe(first);
    await put({ id: 'b', title: 'B', brand: 'Norrland' });
    expect(await brandsOf(one)).toEqual(['Acme', 'Norrland']);
  });

  it('of a large catalogue are read anew in the background, once a minute at most', async () => {
    await put(...many(0, 1_001));
    const one = facts();
    expect(await brandsOf(one)).toHaveLength(1_001);
    await put(...many(1_001, 1));
    time = 59_999;
    expect(await brandsOf(one)).toHaveLength(1_001);
    time = 60_000;
    expect(await brandsOf(one)).toHaveLength(1_001);
    while ((await brandsOf(one)).length === 1_001) await new Promise((resolve) => setImmediate(resolve));
    expect(await brandsOf(one)).toHaveLength(1_002);
  });

  it('hold 5,000 values of a field at most', async () => {
    await put(...many(0, 5_003));
    expect(await brandsOf(facts())).toHaveLength(5_000);
  });

  it('reject where the catalogue cannot be read, and are read by the next who asks', async () => {
    await put({ id: 'a', title: 'A', brand: 'Acme' });
    const { items } = gateway.tenant.stores;
    let broken = true;
    const scan = (): AsyncIterable<readonly Item[]> => {
      if (broken) throw new Error('out of reach');
      return items.scan();
    };
    const one = new CatalogueFacts({
      items: { scan, size: () => items.size(), version: () => items.version() },
      attributes,
      clock,
    });
    await expect(one.get()).rejects.toThrow('out of reach');
    broken = false;
    expect(await brandsOf(one)).toEqual(['Acme']);
  });
});
