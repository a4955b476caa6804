import { idsOf, type ProblemAnswer, type SlateItemAnswer } from './testing/answers.js';
import { demoFolder } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

let shop: Gateway;
/** Titles begin with "Lunch bag"; the bundled shop has a dozen of them. */
let lunchBags: readonly SlateItemAnswer[];

beforeAll(async () => {
  shop = await startGateway({ data: await demoFolder(), demo: true });
  const { items } = await shop.search({ query: 'lunch bag', limit: 50 });
  lunchBags = items.filter(({ item }) => /^lunch bag/i.test(item!.title));
});
afterAll(() => shop.stop());

let sent = 0;
const buy = (who: { userId?: string; anonymousId?: string }, ...itemIds: readonly string[]): Promise<unknown> =>
  shop.send({ id: `rt-${++sent}`, type: 'purchase', ...who, itemIds });
const KNOWN = '17850';
const SURFACES = ['home', 'item', 'cart', 'search', 'email'];

describe('what someone does is in their very next slate', () => {
  it('of a customer with a past: what was bought is gone, and the rest is told anew', async () => {
    const before = await shop.slate({ surface: 'home', userId: KNOWN, limit: 20 });
    const [first] = idsOf(before);
    await buy({ userId: KNOWN }, first!);
    const after = await shop.slate({ surface: 'home', userId: KNOWN, limit: 20 });
    expect(idsOf(after)).not.toContain(first);
    expect(idsOf(after)).not.toEqual(idsOf(before).slice(1));
  });

  it('of a customer never seen before', async () => {
    const cold = await shop.slate({ surface: 'home', userId: 'brand-new', limit: 20, explain: true });
    expect(cold.items).toHaveLength(20);
    expect(cold.items.every(({ reason }) => (reason?.evidence ?? []).length === 0)).toBe(true);
    const bought = lunchBags[0]!.id;
    await buy({ userId: 'brand-new' }, bought);
    const warm = await shop.slate({ surface: 'home', userId: 'brand-new', limit: 20, explain: true });
    expect(idsOf(warm)).not.toEqual(idsOf(cold));
    const reasons = warm.items.flatMap(({ reason }) => (reason && reason.evidence.length > 0 ? [reason] : []));
    expect(reasons.length).toBeGreaterThan(0);
    for (const { evidence } of reasons) expect(evidence).toEqual([bought]);
    // Nobody else's slate moves.
    const stranger = await shop.slate({ surface: 'home', userId: 'another-stranger', limit: 20 });
    expect(idsOf(stranger)).toEqual(idsOf(cold));
  });

  it('of a visitor without a name, and of the customer they turn out to be at login', async () => {
    const [bag] = lunchBags;
    await buy({ anonymousId: 'cookie-1' }, bag!.id);
    const visitor = await shop.slate({ surface: 'home', anonymousId: 'cookie-1', limit: 20, explain: true });
    expect(visitor.items.some(({ reason }) => reason?.evidence.includes(bag!.id))).toBe(true);
    const stranger = await shop.slate({ surface: 'home', userId: 'logs-in', limit: 20 });
    expect(idsOf(stranger)).not.toEqual(idsOf(visitor));
    await shop.send({ id: 'rt-login', type: 'view', userId: 'logs-in', anonymousId: 'cookie-1' });
    const customer = await shop.slate({ surface: 'home', userId: 'logs-in', limit: 20, explain: true });
    expect(idsOf(customer)).toEqual(idsOf(visitor));
    expect(idsOf(await shop.slate({ surface: 'home', userId: 'logs-in', limit: 200 }))).not.toContain(bag!.id);
    // What the customer does elsewhere is known to the visitor's next slate as well.
    await shop.send({ id: 'rt-elsewhere', type: 'hide', userId: 'logs-in', itemId: idsOf(customer)[0]! });
    expect(idsOf(await shop.slate({ surface: 'home', anonymousId: 'cookie-1', limit: 200 }))).not.toContain(
      idsOf(customer)[0],
    );
  });

  it('and three lunch bags turn it towards lunch', async () => {
    const lunches = async (userId: string): Promise<number> => {
      const { items } = await shop.slate({ surface: 'home', userId, limit: 20 });
      return items.filter(({ item }) => /lunch/i.test(item!.title)).length;
    };
    const before = await lunches('hungry');
    await buy({ userId: 'hungry' }, ...lunchBags.slice(0, 3).map(({ id }) => id));
    const after = await lunches('hungry');
    expect(after).toBeGreaterThanOrEqual(before + 3);
    expect(await lunches('not-hungry')).toBe(before);
  });
});

describe('the same event', () => {
  it('counts once, however often it arrives', async () => {
    const userId = 'sends-twice';
    const itemId = lunchBags[1]!.id;
    const event = { id: 'rt-once', type: 'purchase', userId, itemId };
    const repeat = async (): Promise<number> => {
      const { items } = await shop.slate({ surface: 'home', userId, seen: 'include', limit: 200, explain: true });
      return items.find(({ id }) => id === itemId)!.contributions!['repeat-purchase']!;
    };
    expect(await shop.send(event)).toMatchObject({ accepted: 1, duplicates: 0 });
    const once = await repeat();
    expect(await shop.send(event)).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await shop.send(event, event, { ...event, id: 'rt-once-view', type: 'view' })).toMatchObject({
      accepted: 1,
      duplicates: 2,
    });
    expect(await repeat()).toBe(once);
    expect(await shop.send({ ...event, id: 'rt-twice' })).toMatchObject({ accepted: 1, duplicates: 0 });
    expect(await repeat()).toBeGreaterThan(once);
  });
});

describe('what was hidden or disliked', () => {
  it.each(['hide', 'dislike'])('(%s) never returns, on any surface, not even among what was seen', async (type) => {
    const userId = `dislikes-${type}`;
    await buy({ userId }, ...lunchBags.slice(0, 3).map(({ id }) => id));
    const ask = async (surface: string): Promise<readonly string[]> => {
      const seeds = surface === 'item' || surface === 'cart' ? { itemIds: [lunchBags[0]!.id] } : {};
      const query = surface === 'search' ? { query: 'lunch bag' } : {};
      return idsOf(await shop.slate({ surface, userId, seen: 'include', limit: 200, ...seeds, ...query }));
    };
    const first = await Promise.all(SURFACES.map(async (surface) => (await ask(surface))[0]!));
    // One that was bought, too: `seen: include` would bring it back.
    const unwanted = [...new Set([...first, lunchBags[1]!.id])];
    await shop.send(...unwanted.map((itemId, i) => ({ id: `rt-${type}-${i}`, type, userId, itemId })));
    for (const surface of SURFACES) {
      const ids = await ask(surface);
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.filter((id) => unwanted.includes(id))).toEqual([]);
    }
    expect(
      idsOf(await shop.search({ userId, query: 'lunch bag', limit: 200 })).filter((id) => unwanted.includes(id)),
    ).toEqual([]);
  });
});

describe('a slate as of', () => {
  it('then: seen: exclude and include tell what was bought apart', async () => {
    const userId = 'sees-again';
    const [bag] = lunchBags;
    await buy({ userId }, bag!.id, bag!.id);
    const ids = async (seen?: 'exclude' | 'include'): Promise<readonly string[]> =>
      idsOf(await shop.slate({ surface: 'home', userId, limit: 200, ...(seen && { seen }) }));
    expect(await ids()).not.toContain(bag!.id);
    expect(await ids('exclude')).toEqual(await ids());
    expect((await ids('include')).slice(0, 3)).toContain(bag!.id);
    expect(idsOf(await shop.search({ userId, query: bag!.item!.title, limit: 5 }))).toContain(bag!.id);
  });

  it('a moment before the event does not know of it; from the event’s own moment on it does', async () => {
    const userId = 'was-there';
    const hour = (ago: number): string => new Date(Date.now() - ago * 3_600_000).toISOString();
    const [then, between, earlier] = [hour(2), hour(3), hour(4)];
    const [bag] = lunchBags;
    await shop.send({ id: 'rt-at', type: 'purchase', userId, itemId: bag!.id, at: then });
    const asked = { surface: 'home', userId, limit: 20, explain: true } as const;
    const before = await shop.slate({ ...asked, at: between });
    expect(before.items.every(({ reason }) => (reason?.evidence ?? []).length === 0)).toBe(true);
    expect(idsOf(before)).toEqual(idsOf(await shop.slate({ ...asked, userId: 'never-there', at: between })));
    const after = await shop.slate({ ...asked, at: then });
    expect(after.items.some(({ reason }) => reason?.evidence.includes(bag!.id))).toBe(true);
    // An event that arrives late takes its place in the past.
    const [other] = idsOf(before);
    await shop.send({ id: 'rt-late', type: 'hide', userId, itemId: other!, at: earlier });
    expect(idsOf(await shop.slate({ ...asked, at: between }))).not.toContain(other);
  });

  it('the future is refused, for slates and for events', async () => {
    const at = new Date(Date.now() + 10 * 60_000).toISOString();
    const slate = await shop.call<ProblemAnswer>('POST', '/v1/recommendations', { surface: 'home', userId: KNOWN, at });
    expect(slate).toMatchObject({ status: 400, body: { code: 'AT_IN_FUTURE' } });
    const events = [{ id: 'rt-future', type: 'view', userId: KNOWN, itemId: lunchBags[0]!.id, at }];
    const receipt = await shop.expect('POST', '/v1/events', { events });
    expect(receipt).toMatchObject({ accepted: 0, rejected: [{ index: 0, id: 'rt-future', code: 'AT_IN_FUTURE' }] });
    const soon = new Date(Date.now() + 60_000).toISOString();
    expect(idsOf(await shop.slate({ surface: 'home', userId: KNOWN, at: soon })).length).toBe(10);
  });
});
