import type { JobAnswer } from './answers.js';
import { PATIENCE_MS, until, type EventSent, type HttpClient } from './http.client.js';
import { boughtBy, purchasesOfShop, SHOP_USERS } from './shop-load.js';
import type { Shop } from './shop.js';
import { purchasesOf } from './tiny-shop.js';

const MANY = 1_000;
/** Between two looks at whether all is embedded: each reads everything. */
export const LOOK_PAUSE_MS = 1_500;

/** How often each event of these users is there, by its id. */
export async function eventsFound(
  gateway: HttpClient,
  userIds: Iterable<string>,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const userId of userIds) {
    const path = `/v1/users/${encodeURIComponent(userId)}/export`;
    const { events } = await gateway.expect<{ events: readonly EventSent[] }>('GET', path);
    for (const { id } of events) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

/** The ids that are there. */
export async function itemsFound(gateway: HttpClient, ids: Iterable<string>): Promise<readonly string[]> {
  const all = [...ids];
  const found: string[] = [];
  for (let from = 0; from < all.length; from += MANY) {
    const body = { ids: all.slice(from, from + MANY) };
    const { items } = await gateway.expect<{ items: readonly { id: string }[] }>('POST', '/v1/items/get', body);
    found.push(...items.map(({ id }) => id));
  }
  return found;
}

/** How often each item was bought, as a slate of `home` counts it for a stranger. */
export async function purchasesCounted(gateway: HttpClient): Promise<ReadonlyMap<string, number>> {
  const asked = { surface: 'home', userId: 'stranger', seen: 'include', limit: 10, trace: true } as const;
  return purchasesOf((await gateway.slate(asked)).trace!);
}

/** How many items jobs that embed have done by now, and whether one is waited for. */
export async function embedding(gateway: HttpClient): Promise<{ readonly done: number; readonly isDone: boolean }> {
  const { jobs } = await gateway.expect<{ jobs: readonly JobAnswer[] }>('GET', '/v1/jobs');
  const own = jobs.filter(({ type }) => type === 'embed');
  return {
    done: own.reduce((sum, { counts }) => sum + counts.ok, 0),
    isDone: own.every(({ state }) => state !== 'waiting' && state !== 'active'),
  };
}

/**
 * Resolves once the server says that it has that many items, each with its vector: a worker looks once a minute for what
 * nobody asked it to embed.
 */
export async function untilAllEmbedded(gateway: HttpClient, items: number, limitMs = PATIENCE_MS): Promise<void> {
  await until('all to be embedded', () => allEmbedded(gateway, items), { limitMs, pauseMs: LOOK_PAUSE_MS });
}

/** Whether the server says that it has that many items, each with its vector. */
export async function allEmbedded(gateway: HttpClient, items: number): Promise<boolean> {
  // Jobs are looked at first: a diagnosis reads everything.
  if (!(await embedding(gateway)).isDone) return false;
  // Searches find an item late: one that is not counted yet does not lack a vector yet.
  const checks = await diagnosis(gateway);
  const [all, vectors] = [checkNamed(checks, 'items'), checkNamed(checks, 'vectors:text')];
  return all.detail.startsWith(`${items} items`) && vectors.status === 'ok';
}

interface CheckAnswer {
  readonly id: string;
  readonly status: string;
  readonly detail: string;
}

/** One check of the server's diagnosis. */
export async function checkOf(gateway: HttpClient, id: string): Promise<CheckAnswer> {
  return checkNamed(await diagnosis(gateway), id);
}

const diagnosis = async (gateway: HttpClient): Promise<readonly CheckAnswer[]> =>
  (await gateway.expect<{ checks: readonly CheckAnswer[] }>('GET', '/v1/diagnosis')).checks;
const checkNamed = (checks: readonly CheckAnswer[], id: string): CheckAnswer =>
  checks.find((check) => check.id === id)!;

/**
 * That everything a shop had acknowledged is there: each event once, each item with its vector, each purchase in the
 * counts of slates and in the history of its user. Returns how many events and items those are.
 */
export async function everythingFound(gateway: HttpClient, shop: Shop): Promise<number> {
  await historiesHold(gateway, shop);
  await untilAllEmbedded(gateway, shop.items.size);
  await until('purchases to be counted', async () => sumOf(await purchasesCounted(gateway)) >= shop.events.size);
  expect(await purchasesCounted(gateway)).toEqual(purchasesOfShop(shop));
  const events = await eventsFound(gateway, SHOP_USERS);
  expect(events).toEqual(new Map([...shop.events.keys()].map((id) => [id, 1])));
  const items = new Set(await itemsFound(gateway, shop.items));
  expect(items).toEqual(shop.items);
  return events.size + items.size;
}

/** That no user's next slate shows what he bought. */
export async function historiesHold(gateway: HttpClient, shop: Shop): Promise<void> {
  for (const userId of SHOP_USERS) {
    const bought = boughtBy(shop, userId);
    const slate = await gateway.slate({ surface: 'home', userId, limit: 100 });
    expect(slate.degraded).toEqual([]);
    expect(slate.items.filter(({ id }) => bought.has(id))).toEqual([]);
  }
}

const sumOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
