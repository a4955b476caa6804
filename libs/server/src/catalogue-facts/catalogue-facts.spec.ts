import type { Item } from '@attune/sdk';
import { configSchema } from '../config/config.schema.js';
import { gatewayForEach } from '../http/testing/test-gateway.js';
import { CatalogueFacts } from './catalogue-facts.js';

const gateway = gatewayForEach();
const config = configSchema.parse({
  attributes: { color: { type: 'keyword' }, width: { type: 'number' }, constructor: { type: 'keyword' } },
});
let time: number;
const clock = { monotonic: () => time };
const facts = (): CatalogueFacts => new CatalogueFacts({ stores: gateway.tenant.stores, config, clock });
const put = async (...items: readonly Item[]): Promise<void> => {
  await gateway.tenant.stores.items.upsert(items);
  await gateway.tenant.stores.items.refresh();
};
const many = (from: number, count: number): readonly Item[] =>
  Array.from({ length: count }, (_, i) => ({ id: `m${from + i}`, title: 'Mug', brand: `Brand ${from + i}` }));
const brandsOf = async (one: CatalogueFacts): Promise<readonly string[]> => (await one.get()).values.get('brand') ?? [];

beforeEach(() => (time = 0));

describe('CatalogueFacts', () => {
  it('have brands, categories and the values of declared keyword attributes, each once, and nothing of other types', async () => {
    await put(
      { id: 'a', title: 'A', brand: 'Acme', attributes: { color: ['red', 'blue'], width: 3, secret: 'x' } },
      {
        id: 'b',
        title: 'B',
        brand: 'Acme',
        categories: ['Mugs', 'Gifts'],
        attributes: { color: 'red', width: 'wide' },
      },
      { id: 'c', title: 'C', categories: ['Mugs'], attributes: { color: true } },
    );
    const { values, wishes } = await facts().get();
    expect(Object.fromEntries(values)).toEqual(
      Object.fromEntries([
        ['brand', ['Acme']],
        ['color', ['red', 'blue']],
        ['constructor', []],
      ]),
    );
    expect(wishes).toEqual({
      attributes: new Map([
        ['color', ['red', 'blue']],
        ['constructor', []],
      ]),
      categories: ['Mugs', 'Gifts'],
      brands: ['Acme'],
      currency: undefined,
    });
  });

  it('have the currency of most prices', async () => {
    const price = (currency: string): Item['price'] => ({ amount: 5, currency });
    await put(
      { id: 'a', title: 'A', price: price('USD') },
      { id: 'b', title: 'B', price: price('GBP') },
      { id: 'c', title: 'C', price: price('GBP') },
    );
    expect((await facts().get()).wishes.currency).toBe('GBP');
  });

  it('check texts with an attribute of the name brand, too', async () => {
    await put({ id: 'a', title: 'A', brand: 'Acme', attributes: { brand: ['Norrland', 'Acme'] } });
    const branded = configSchema.parse({ attributes: { brand: { type: 'keyword' } } });
    const read = await new CatalogueFacts({ stores: gateway.tenant.stores, config: branded, clock }).get();
    expect(read.values.get('brand')).toEqual(['Acme', 'Norrland']);
  });

  it('read wishes with the names of the catalogue, by one reader until they change', async () => {
    await put({ id: 'a', title: 'A', brand: 'Acme', attributes: { color: 'crimson' } });
    const one = facts();
    const { reader } = await one.get();
    expect(reader.read('crimson mug by Acme').filter).toEqual({
      'attributes.color': { $in: ['crimson'] },
      brand: { $in: ['Acme'] },
    });
    await put({ id: 'b', title: 'B', brand: 'Acme' });
    expect((await one.get()).reader).toBe(reader);
    await put({ id: 'c', title: 'C', brand: 'Norrland' });
    expect((await one.get()).reader.read('by Norrland').filter).toEqual({ brand: { $in: ['Norrland'] } });
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
      stores: { items: { scan, version: () => items.version() } },
      config,
      clock,
    });
    await expect(one.get()).rejects.toThrow('out of reach');
    broken = false;
    expect(await brandsOf(one)).toEqual(['Acme']);
  });

  it('end what is under way when they are closed, and read nothing before they are asked', async () => {
    const { items } = gateway.tenant.stores;
    await put({ id: 'a', title: 'A', brand: 'Acme' });
    let pages = 0;
    const scan = async function* (): AsyncIterable<readonly Item[]> {
      for await (const page of items.scan()) {
        pages++;
        yield page;
        yield page;
      }
    };
    const one = new CatalogueFacts({ stores: { items: { scan, version: () => items.version() } }, config, clock });
    await new Promise((resolve) => setImmediate(resolve));
    expect(pages).toBe(0);
    const asked = one.get();
    const refused = expect(asked).rejects.toThrow('the server stops');
    await one.close();
    await refused;
    expect(pages).toBe(1);
  });
});
