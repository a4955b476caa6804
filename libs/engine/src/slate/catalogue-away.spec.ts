import { AttuneError, type HeldItems, type SlateAnswer, type TenantStores } from '@attune/sdk';
import { Engine } from '../engine.js';
import { ask, benchOf, sourceOf } from '../fixtures/bench-engine.js';
import { memoryStores, smallWorld } from '../fixtures/memory-stores.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';

const AWAY = [expect.objectContaining({ plugin: 'items', code: 'STORE_UNAVAILABLE' })];
const HELD: ReadonlySet<string> = new Set(['i0', 'i2', 'i5']);
const never = (): Promise<never> => new Promise(() => undefined);

describe('a catalogue that cannot be read', () => {
  let asked: number;
  beforeEach(() => (asked = 0));

  /** Stores that hold three items, and whose catalogue answers as told. */
  function storesWith(answer: () => Promise<never>): TenantStores {
    const stores = memoryStores(smallWorld());
    const { items } = stores;
    const refuse = (): Promise<never> => {
      asked++;
      return answer();
    };
    const held: HeldItems = {
      documents: async (ids) => (await items.get(ids)).map((item) => (HELD.has(item?.id ?? '') ? item : undefined)),
      vectors: (space, ids) => items.gather(space, ids),
    };
    return { ...stores, items: { ...items, get: refuse, gather: refuse, held } };
  }

  async function slateOf(stores: TenantStores): Promise<SlateAnswer> {
    const bench = benchOf(PLAIN);
    const engine = new Engine({ ...bench.context, stores });
    await engine.load([sourceOf(homeOf({ retrieve: [{ use: 'in-order', limit: 12 }], explain: { use: 'bought' } }))]);
    asked = 0;
    const [served] = await engine.serve('home', [ask({ limit: 5, explain: true })]);
    return served!.slate;
  }

  it.each([
    ['refuses', () => Promise.reject(new AttuneError('STORE_UNAVAILABLE', 'Elasticsearch: gone'))],
    ['does not answer', never],
  ])('and %s: the slate is made of what is held, says so, and asks once', async (_, answer) => {
    const { items, degraded } = await slateOf(storesWith(answer));
    expect(new Set(items.map(({ id }) => id))).toEqual(HELD);
    expect(items.every(({ item }) => item !== undefined)).toBe(true);
    expect(degraded).toEqual(AWAY);
    expect(asked).toBe(1);
  });

  it('for a reason of ours is an error', async () => {
    await expect(slateOf(storesWith(() => Promise.reject(new TypeError('ours'))))).rejects.toThrow('ours');
  });

  it('and holds nothing is an error', async () => {
    const stores = storesWith(() => Promise.reject(new AttuneError('STORE_UNAVAILABLE', 'gone')));
    const { held: _, ...items } = stores.items;
    await expect(slateOf({ ...stores, items })).rejects.toThrow('gone');
  });
});
