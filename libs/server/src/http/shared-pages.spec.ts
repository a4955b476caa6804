import { AttuneError, type SharedPages, type TenantStores } from '@attune/sdk';
import { eraseUser } from '../erase/erase-user.js';
import type { Forgets } from '../erase/forgets.js';
import { followChanges } from '../platform/follow-changes.js';
import { encodeCursor } from '../slates/cursor.codec.js';
import { describeOnServices, ScratchServices } from '../testing/services.js';
import { salesOf } from './testing/sales.js';
import { gatewayForAll, type TestGateway } from './testing/test-gateway.js';
import { TEST_NOW, type TestStores } from './testing/test-platform.js';

interface Paged {
  readonly slateId: string;
  readonly items: readonly { readonly id: string; readonly rank: number; readonly score: number }[];
  readonly cursor?: string;
}

const MINUTE = 60_000;
const COUNT = 40;
const OURS = 'a-key-of-ours-alone';
const THEIRS = 'a-key-of-theirs-alone';
const HOME = { surface: 'home', paging: true, limit: 5 };
const SEARCH = { query: 'teapot', paging: true, limit: 5 };

const away = (): Promise<never> => Promise.reject(new AttuneError('STORE_UNAVAILABLE', 'Redis: away'));
const NOWHERE: SharedPages = { put: away, get: away, forget: away };
/** Pages that are on their way to where all gateways find them. */
const putting: Promise<unknown>[] = [];
const awaited = (pages: SharedPages): SharedPages => ({
  put: (id, page) => {
    const put = pages.put(id, page);
    putting.push(put);
    return put;
  },
  get: (id) => pages.get(id),
  forget: (who) => pages.forget(who),
});

describeOnServices('pages on any gateway', () => {
  const services = new ScratchServices();
  const options = { keys: { [OURS]: 'default', [THEIRS]: 'other' }, as: OURS };
  const open = async (clock: () => number): Promise<TestStores> => withPages(await services.open(clock), awaited);
  const one = gatewayForAll({ ...options, openStores: open });
  const two = gatewayForAll({ ...options, openStores: open });
  const cutOff = gatewayForAll({
    ...options,
    openStores: async (clock) => withPages(await services.open(clock), () => NOWHERE),
  });
  afterAll(() => services.clear());

  beforeAll(async () => {
    const items = Array.from({ length: COUNT }, (_, i) => ({
      id: `p${i}`,
      title: `Teapot ${i}`,
      brand: `Brand ${i % 3}`,
      // Some share a price, and some have none.
      ...(i % 7 > 0 && { price: { amount: (i * 37) % 11, currency: 'EUR' } }),
    }));
    await one.call('POST', '/v1/items', { items });
    await one.call('POST', '/v1/events', { events: salesOf(items, { times: (i) => i, buyer: 'crowd-' }) });
    await refreshed();
  });
  afterEach(() => setClocks(TEST_NOW));

  const setClocks = (now: number): void => {
    for (const { platform } of [one, two, cutOff]) platform.clock.set(now);
  };
  async function refreshed(): Promise<void> {
    for (const { tenant } of [one, two])
      await Promise.all([tenant.stores.items.refresh(), tenant.stores.events.refresh()]);
  }
  const ask = async (gateway: TestGateway, path: string, body: object): Promise<Paged> => {
    const answer = await gateway.call('POST', path, body);
    // An answer waits for its pages to be shared for a moment only: here the others are asked once they are.
    await Promise.all(putting.splice(0));
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    const { tookMs: _, ...slate } = answer.json<Paged & { readonly tookMs: number }>();
    return slate;
  };
  const restOf = async (gateway: TestGateway, path: string, cursor: string | undefined): Promise<readonly Paged[]> => {
    const pages: Paged[] = [];
    for (let next = cursor; next !== undefined; next = pages.at(-1)!.cursor)
      pages.push(await ask(gateway, path, { cursor: next, limit: 1 + (pages.length % 9) }));
    return pages;
  };
  const idsOf = (pages: readonly Paged[]): readonly string[] => pages.flatMap(({ items }) => items.map(({ id }) => id));

  it.each([
    ['/v1/recommendations', HOME],
    ['/v1/recommendations', { ...HOME, explain: true, trace: true, userId: 'crowd-38' }],
    ['/v1/search', SEARCH],
    ['/v1/search', { ...SEARCH, explain: true, facets: ['brand', 'price'] }],
    ['/v1/search', { ...SEARCH, sort: 'price-asc', facets: ['brand'] }],
    ['/v1/search', { ...SEARCH, sort: 'price-desc', explain: true, query: 'teapto' }],
  ])('of %s %j are the same: no repeat, no loss', async (path, asked) => {
    const first = await ask(one, path, asked);
    const [own, other] = [await restOf(one, path, first.cursor), await restOf(two, path, first.cursor)];
    expect(other).toEqual(own);
    const whole = await ask(one, path, { ...asked, paging: false, limit: 200 });
    expect(whole.items.length).toBeGreaterThan(30);
    expect([first, ...other].flatMap(({ items }) => items)).toEqual(whole.items);
  });

  it('stay as they were frozen, whatever happens before they are asked for', async () => {
    const first = await ask(one, '/v1/recommendations', HOME);
    const before = await restOf(one, '/v1/recommendations', first.cursor);
    setClocks(TEST_NOW + MINUTE);
    const events = Array.from({ length: 99 }, (_, n) => ({
      id: `late ${n}`,
      type: 'purchase',
      userId: `late ${n}`,
      itemId: 'p2',
    }));
    await one.call('POST', '/v1/items', { items: [{ id: 'new', title: 'Teapot that is new' }] });
    await one.call('POST', '/v1/events', { events: [...events, { ...events[0], id: 'late', itemId: 'new' }] });
    await refreshed();
    expect(await restOf(two, '/v1/recommendations', first.cursor)).toEqual(before);
    await one.call('DELETE', '/v1/items/new');
  });

  it('leave out what was deleted or became unavailable, and show plainly what would be found no more', async () => {
    const items = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id: `gone-${id}`, title: 'Gone one', brand: 'Gone' }));
    await one.call('POST', '/v1/items', { items });
    await one.call('POST', '/v1/events', { events: salesOf(items, { times: (i) => 5 - i, buyer: 'crowd-' }) });
    await refreshed();
    const asked = { ...HOME, filter: { brand: 'Gone' }, limit: 1, explain: true };
    const whole = await ask(one, '/v1/recommendations', { ...asked, limit: 5, paging: false });
    const [, deleted, unavailable, moved, last] = whole.items;
    const { cursor } = await ask(one, '/v1/recommendations', asked);
    const patch = { 'content-type': 'application/merge-patch+json' };
    await one.call('DELETE', `/v1/items/${deleted!.id}`);
    await one.call('PATCH', `/v1/items/${unavailable!.id}`, { available: false }, patch);
    await one.call('PATCH', `/v1/items/${moved!.id}`, { brand: 'Other' }, patch);
    await refreshed();
    const page = await ask(two, '/v1/recommendations', { cursor, limit: 2 });
    const { id, score, rank } = moved!;
    expect(page.items).toEqual([{ id, score, rank, item: expect.objectContaining({ brand: 'Other' }) }, last]);
    expect(page.cursor).toBeUndefined();
    expect(idsOf([await ask(one, '/v1/recommendations', { cursor, limit: 2 })])).toEqual([id, last!.id]);
  });

  it('are logged as the first gateway would, and can be replayed', async () => {
    const { cursor } = await ask(one, '/v1/recommendations', { ...HOME, userId: 'crowd-5' });
    const { slateId } = await ask(two, '/v1/recommendations', { cursor });
    const ours = await two.tenant.slates.logged(slateId);
    await two.tenant.stores.slates.flush();
    await ask(one, '/v1/recommendations', { cursor });
    expect(await one.tenant.slates.logged(slateId)).toEqual(ours);
    expect(ours).toMatchObject({ userId: 'crowd-5', request: { page: { from: 5, limit: 5 } } });
    expect((await two.call('POST', `/v1/slates/${slateId}/replay`)).json()).toMatchObject({ same: true });
  });

  it('expire everywhere 15 minutes after the first, also where they were asked for later', async () => {
    const { cursor } = await ask(one, '/v1/recommendations', HOME);
    setClocks(TEST_NOW + 15 * MINUTE - 1);
    await ask(two, '/v1/recommendations', { cursor });
    setClocks(TEST_NOW + 15 * MINUTE);
    for (const { call, problem } of [one, two])
      await problem(await call('POST', '/v1/recommendations', { cursor }), 410, 'CURSOR_EXPIRED');
  });

  it('are the same tenant’s and the same call’s only', async () => {
    const { cursor = '' } = await ask(one, '/v1/recommendations', HOME);
    const { call, problem } = two;
    const theirs = { authorization: `Bearer ${THEIRS}` };
    await problem(await call('POST', '/v1/recommendations', { cursor }, theirs), 400, 'CURSOR_INVALID');
    await problem(await call('POST', '/v1/search', { cursor }), 400, 'CURSOR_INVALID');
    const place = { id: cursor.split('.')[0]!, from: 5 };
    const forged = encodeCursor(place, 'search default');
    await problem(await call('POST', '/v1/search', { cursor: forged }), 410, 'CURSOR_EXPIRED');
    const taken = encodeCursor(place, 'recommend other');
    await problem(await call('POST', '/v1/recommendations', { cursor: taken }, theirs), 410, 'CURSOR_EXPIRED');
  });

  it('go everywhere with the user who is erased, by whichever gateway', async () => {
    const asked = [{ userId: 'ann' }, { userId: 'ann' }, { userId: 'bob' }].map((who) =>
      ask(one, '/v1/recommendations', { ...HOME, ...who }),
    );
    const [held, shared, others] = (await Promise.all(asked)).map(({ cursor }) => ({ cursor }));
    await ask(two, '/v1/recommendations', held!);
    const { stores, slates, engine, lexicon } = two.tenant;
    let stop = (): void => undefined;
    const followed = new Promise<void>((resolve) => {
      const cache: Forgets = { place: 'caches', forget: (who) => slates.forget(who).finally(resolve) };
      ({ stop } = followChanges({ stores, engine, lexicon, caches: [cache], warn: () => undefined }));
    });
    const receipt = await eraseUser(one.tenant, 'ann');
    await followed;
    stop();
    // Two where they were served, and two that others found.
    expect(receipt.caches).toBe(4);
    for (const { call, problem } of [one, two])
      for (const gone of [held, shared])
        await problem(await call('POST', '/v1/recommendations', gone), 410, 'CURSOR_EXPIRED');
    await ask(two, '/v1/recommendations', others!);
  });

  it('can be had of the gateway that served the first one, while there is no way to the others’', async () => {
    const own = await ask(cutOff, '/v1/search', SEARCH);
    expect(idsOf(await restOf(cutOff, '/v1/search', own.cursor))).toHaveLength(COUNT - 5);
    await two.problem(await two.call('POST', '/v1/search', { cursor: own.cursor }), 410, 'CURSOR_EXPIRED');
    const { cursor } = await ask(one, '/v1/search', SEARCH);
    // Nobody knows whether it has expired: the same cursor may do once Redis is back.
    await cutOff.problem(await cutOff.call('POST', '/v1/search', { cursor }), 503, 'STORE_UNAVAILABLE');
  });
});

/** The same stores with another place for pages. */
const withPages = (all: TestStores, placeOf: (pages: SharedPages) => SharedPages): TestStores => ({
  open: async (scope): Promise<TenantStores> => {
    const stores = await all.open(scope);
    return { ...stores, pages: placeOf(stores.pages!) };
  },
  close: () => all.close(),
});
