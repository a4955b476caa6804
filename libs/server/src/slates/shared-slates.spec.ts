import { AttuneError, type SharedPage, type SharedPages } from '@attune/sdk';
import { FrozenPages, LIFE_MS, type ThawedSlate } from './frozen-pages.js';
import { SharedSlates, type SharedSlate } from './shared-slates.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const SLATE: SharedSlate = {
  call: 'recommend',
  body: { surface: 'home', seen: 'exclude', paging: true, limit: 5, personalize: 1, explain: false, trace: false },
  requestId: 'r',
  now: NOW,
  expiresAt: NOW + LIFE_MS,
  answer: { slateId: 's', surface: 'home', pipeline: { digest: 'd' }, items: [], degraded: [], tookMs: 1 },
  ids: ['a', 'b'],
  scores: [2, 1],
};

/** A place for pages that does as it is told. */
class HandPages implements SharedPages {
  readonly kept = new Map<string, SharedPage>();
  put: SharedPages['put'] = async (id, page) => this.kept.set(id, page).has(id);
  get: SharedPages['get'] = async (id) => this.kept.get(id)?.text;
  forget: SharedPages['forget'] = async () => this.kept.size;
}

describe('SharedSlates', () => {
  let now: number;
  let pages: HandPages;
  let warnings: string[];
  let shared: SharedSlates;
  beforeEach(() => {
    [now, pages, warnings] = [NOW, new HandPages(), []];
    shared = new SharedSlates(pages, { now: () => now }, (line) => warnings.push(line));
  });
  afterEach(() => jest.useRealTimers());

  const away = (): Promise<never> => Promise.reject(new AttuneError('STORE_UNAVAILABLE', 'Redis: away'));

  it('gives what was put, until it expires', async () => {
    await shared.put('x', SLATE, { userId: 'ann' });
    expect(pages.kept.get('x')).toMatchObject({ viewer: { userId: 'ann' }, lifeMs: LIFE_MS });
    expect(await shared.get('x')).toEqual(SLATE);
    expect(await shared.get('y')).toBeUndefined();
    now += LIFE_MS - 1;
    expect(await shared.get('x')).toEqual(SLATE);
    now += 1;
    expect(await shared.get('x')).toBeUndefined();
  });

  it.each([
    ['another call', { call: 'similar' }],
    ['a member more', { weather: 'fair' }],
    ['a body that is none', { body: { surface: 'home', limit: -1 } }],
  ])('knows nothing of what another version wrote: %s', async (_, more) => {
    pages.kept.set('x', { text: JSON.stringify({ ...SLATE, ...more }), viewer: {}, lifeMs: LIFE_MS });
    expect(await shared.get('x')).toBeUndefined();
  });

  it('holds up nobody where it fails, and says so once until it works again', async () => {
    const works = pages.put;
    for (const put of [away, away, works, away]) {
      pages.put = put;
      await shared.put('x', SLATE, {});
    }
    expect(warnings).toEqual(Array(2).fill(expect.stringMatching(/^Pages can be had .* alone .*: Redis: away$/)));
  });

  it('holds up nobody for long where there is no answer', async () => {
    jest.useFakeTimers();
    pages.put = () => new Promise(() => undefined);
    let done = false;
    const put = shared.put('x', SLATE, {}).then(() => (done = true));
    await jest.advanceTimersByTimeAsync(49);
    expect(done).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await put;
  });

  it('tells who asks, or forgets, that the place is away', async () => {
    Object.assign(pages, { get: away, forget: away });
    await expect(shared.get('x')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const who = { userIds: ['ann'], anonymousIds: [] };
    await expect(shared.forget(who)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('shares nothing where there is one process only', async () => {
    const alone = new SharedSlates(undefined, { now: () => now }, (line) => warnings.push(line));
    await alone.put('x', SLATE, {});
    expect([await alone.get('x'), await alone.forget({ userIds: ['ann'], anonymousIds: [] })]).toEqual([undefined, 0]);
  });
});

describe('a slate that is fetched', () => {
  const pages = new FrozenPages('t', { now: () => NOW });
  const order = { total: 3, show: () => Promise.resolve([]) };
  const slate = (viewer: ThawedSlate['viewer']): ThawedSlate => ({
    order,
    viewer,
    limit: 1,
    answer: () => ({}),
    expiresAt: NOW + 1,
  });
  /** A cursor of a slate that is held no more. */
  function cursorOfOther(): string {
    const cursor = pages.freeze('search', { ...slate({ userId: 'none' }), limit: 1 }, 1)!;
    pages.forget({ userIds: ['none'], anonymousIds: [] });
    return cursor;
  }

  it('is held from then on, and fetched once', async () => {
    const cursor = cursorOfOther();
    const thaw = jest.fn(() => Promise.resolve(slate({})));
    for (let i = 0; i < 2; i++) await pages.next('search', cursor, 1, thaw);
    expect([thaw.mock.calls.length, pages.size]).toEqual([1, 1]);
  });

  it.each([[{ userId: 'ann' }], [{ anonymousId: 'cookie' }]])(
    'is not held where its viewer is forgotten meanwhile: %j',
    async (viewer) => {
      const before = pages.size;
      const thaw = (): Promise<ThawedSlate> => {
        pages.forget({ userIds: ['ann'], anonymousIds: ['cookie'] });
        return Promise.resolve(slate(viewer));
      };
      const expired = { code: 'CURSOR_EXPIRED' };
      await expect(pages.next('search', cursorOfOther(), 1, thaw)).rejects.toMatchObject(expired);
      expect(pages.size).toBe(before);
    },
  );
});
