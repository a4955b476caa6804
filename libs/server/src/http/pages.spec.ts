import fc from 'fast-check';
import { salesOf } from './testing/sales.js';
import { gatewayForAll } from './testing/test-gateway.js';
import { TEST_NOW } from './testing/test-platform.js';

interface Paged {
  readonly slateId: string;
  readonly items: readonly { readonly id: string; readonly rank: number; readonly score: number }[];
  readonly cursor?: string;
  readonly total?: number;
}

const MINUTE = 60_000;
const COUNT = 60;
const OURS = 'a-key-of-ours-alone';
const THEIRS = 'a-key-of-theirs-alone';

const gateway = gatewayForAll({ keys: { [OURS]: 'default', [THEIRS]: 'other' }, as: OURS });
const { call, problem } = gateway;

beforeAll(async () => {
  const items = Array.from({ length: COUNT }, (_, i) => ({ id: `p${i}`, title: `Teapot ${i}` }));
  await call('POST', '/v1/items', { items });
  // Item i is bought by i people: an order without ties.
  const events = salesOf(items, { times: (i) => i, buyer: 'crowd-' });
  await call('POST', '/v1/events', { events });
});
afterEach(() => gateway.platform.clock.set(TEST_NOW));

const ask = async (path: string, body: object): Promise<Paged> => (await call('POST', path, body)).json<Paged>();
const first = { '/v1/recommendations': { surface: 'home', explain: true }, '/v1/search': { query: 'teapot' } } as const;

async function pagesOf(path: keyof typeof first, sizes: readonly number[]): Promise<readonly Paged[]> {
  const pages = [await ask(path, { ...first[path], paging: true, limit: sizes[0] })];
  for (let i = 1; pages.at(-1)!.cursor !== undefined; i++) {
    pages.push(await ask(path, { cursor: pages.at(-1)!.cursor, limit: sizes[i % sizes.length] }));
  }
  return pages;
}

describe('pages', () => {
  it.each(['/v1/recommendations', '/v1/search'] as const)(
    'of %s equal one big slate, whatever their sizes: no repeat, no loss',
    async (path) => {
      const whole = await ask(path, { ...first[path], limit: 200 });
      expect(whole.items.length).toBeGreaterThan(50);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 12 }), async (sizes) => {
          const pages = await pagesOf(path, sizes);
          expect(pages.flatMap(({ items }) => items)).toEqual(whole.items);
          expect(new Set(pages.map(({ slateId }) => slateId)).size).toBe(pages.length);
        }),
        { numRuns: 12, examples: [[[1]], [[200]], [[59, 1]]] },
      );
    },
  );

  it('take the first page’s size where none is said, and no cursor where nothing remains', async () => {
    const pages = [await ask('/v1/recommendations', { surface: 'home', paging: true, limit: 40 })];
    pages.push(await ask('/v1/recommendations', { cursor: pages[0]!.cursor }));
    expect(pages.map(({ items, cursor }) => [items.length, cursor !== undefined])).toEqual([
      [40, true],
      [19, false],
    ]);
    expect(await ask('/v1/recommendations', { surface: 'home', paging: true, limit: 59 })).not.toHaveProperty('cursor');
    expect(await ask('/v1/recommendations', { surface: 'home', limit: 2 })).not.toHaveProperty('cursor');
  });

  it('stay as they were frozen, and can be asked for twice', async () => {
    const { cursor } = await ask('/v1/recommendations', { surface: 'home', paging: true, limit: 5 });
    const before = await ask('/v1/recommendations', { cursor });
    const events = Array.from({ length: 99 }, (_, n) => ({
      id: `late ${n}`,
      type: 'purchase',
      userId: `l${n}`,
      itemId: 'p1',
    }));
    await call('POST', '/v1/events', { events });
    const { tookMs: _, ...again } = (await ask('/v1/recommendations', { cursor })) as Paged & { tookMs: number };
    expect(before).toMatchObject(again);
  });

  it('leave out what was deleted or became unavailable, and fill up behind it', async () => {
    const items = ['g1', 'g2', 'g3', 'g4'].map((id) => ({ id, title: 'Gone one', brand: 'Gone' }));
    await call('POST', '/v1/items', { items });
    const events = items.map(({ id }) => ({ id: `buys ${id}`, type: 'purchase', userId: 'someone', itemId: id }));
    await call('POST', '/v1/events', { events });
    const asked = { surface: 'home', filter: { brand: 'Gone' }, paging: true, limit: 1 };
    const page = await ask('/v1/recommendations', asked);
    const rest = (await ask('/v1/recommendations', { ...asked, paging: false, limit: 4 })).items.slice(1);
    await call('DELETE', `/v1/items/${rest[0]!.id}`);
    await call(
      'PATCH',
      `/v1/items/${rest[1]!.id}`,
      { available: false },
      { 'content-type': 'application/merge-patch+json' },
    );
    const next = await ask('/v1/recommendations', { cursor: page.cursor, limit: 1 });
    expect(next.items.map(({ id }) => id)).toEqual([rest[2]!.id]);
    expect(next.cursor).toBeUndefined();
  });

  it('expire after 15 minutes', async () => {
    const { cursor } = await ask('/v1/recommendations', { surface: 'home', paging: true, limit: 5 });
    gateway.platform.clock.set(TEST_NOW + 15 * MINUTE - 1);
    expect((await call('POST', '/v1/recommendations', { cursor })).status).toBe(200);
    gateway.platform.clock.set(TEST_NOW + 15 * MINUTE);
    await problem(await call('POST', '/v1/recommendations', { cursor }), 410, 'CURSOR_EXPIRED');
  });

  it('are the same tenant’s and the same call’s only', async () => {
    const { cursor } = await ask('/v1/recommendations', { surface: 'home', paging: true, limit: 5 });
    const theirs = { authorization: `Bearer ${THEIRS}` };
    await problem(await call('POST', '/v1/recommendations', { cursor }, theirs), 400, 'CURSOR_INVALID');
    await problem(await call('POST', '/v1/search', { cursor }), 400, 'CURSOR_INVALID');
  });

  it('refuse cursors of garbage', async () => {
    const { cursor = '' } = await ask('/v1/recommendations', { surface: 'home', paging: true, limit: 5 });
    const [id, from, check] = cursor.split('.');
    const forged = [`${id}.6.${check}`, `${id}.${from}.x`, `${id}.-1.${check}`, `${id}.1e9.${check}`, cursor.slice(1)];
    for (const garbage of [...forged, `${cursor} `, 'x', '../../etc', '💥', 'A'.repeat(200), '{"$gt":""}'])
      await problem(await call('POST', '/v1/recommendations', { cursor: garbage }), 400, 'CURSOR_INVALID');
    for (const body of [
      { cursor: '' },
      { cursor: 7 },
      { cursor: null },
      { cursor: 'A'.repeat(201) },
      { cursor, limit: 0 },
      { cursor, limit: -1 },
      { cursor, limit: 1e9 },
      { cursor, surface: 'home' },
    ])
      await problem(await call('POST', '/v1/recommendations', body), 400, 'VALIDATION_FAILED');
  });

  it('go with the user who is forgotten', async () => {
    const asked = { surface: 'home', paging: true, limit: 5 };
    const [ann, cookie, other] = await Promise.all(
      [{ userId: 'ann' }, { anonymousId: 'cookie' }, { userId: 'bob' }].map((who) =>
        ask('/v1/recommendations', { ...asked, ...who }),
      ),
    );
    const { slates } = gateway.tenant;
    expect(await slates.forget({ userIds: ['ann'], anonymousIds: ['cookie'] })).toBe(2);
    for (const gone of [ann, cookie])
      await problem(await call('POST', '/v1/recommendations', { cursor: gone!.cursor }), 410, 'CURSOR_EXPIRED');
    expect((await call('POST', '/v1/recommendations', { cursor: other!.cursor })).status).toBe(200);
  });

  it('are kept of the last 1,000 slates', async () => {
    const { pages } = gateway.tenant.slates;
    const order = { total: 2, show: () => Promise.resolve([]) };
    const freeze = () => pages.freeze('search', { order, viewer: {}, limit: 1, answer: () => ({}) }, 1)!;
    const cursors = Array.from({ length: 1001 }, freeze);
    expect(pages.size).toBe(1000);
    await expect(pages.next('search', cursors[0]!)).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    await expect(pages.next('search', cursors[1]!)).resolves.toMatchObject({ page: { items: [], from: 1 } });
  });
});
