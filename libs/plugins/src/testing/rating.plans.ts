import type { CrowdPlan } from './crowd.plans.js';

const ITEMS = 30;
const RATED = 10;

/** Users `u0`, `u1`, … who each rate ten of the items `i0` to `i29`; two more items are rated by nobody. */
export function raters(users = 220): CrowdPlan {
  const items = Array.from({ length: ITEMS + 2 }, (_, item) => ({ id: `i${item}`, title: `thing ${item}` }));
  const journey = (user: number): readonly string[] =>
    Array.from({ length: RATED }, (_, k) => `rating:i${(user * 11 + k * 7) % ITEMS}`);
  const journeys = new Map(Array.from({ length: users }, (_, user) => [`u${user}`, journey(user)]));
  return { name: 'raters', items, journeys, expectations: [] };
}

/** The value of an event, by its user, its item and its place. */
export type ValueOf = (userId: string, itemId: string, event: number) => number;

/** Even users like even items and odd users odd ones: from 1 to 5. */
export const byTaste: ValueOf = (userId, itemId) =>
  (number(userId) % 2 === number(itemId) % 2 ? 4 : 1) + Math.floor(2 * chance(userId, itemId));

/** Nothing but how good the item is, and chance: from 1 to 5. */
export const byItem: ValueOf = (userId, itemId) => 1 + (number(itemId) % 3) + Math.floor(3 * chance(userId, itemId));

interface Deed {
  readonly userId?: string | undefined;
  readonly itemId?: string | undefined;
}

/** The same world, where each event has a value. */
export function withValues<W extends { readonly events: readonly Deed[] }>(world: W, valueOf: ValueOf): W {
  const events = world.events.map((event, e) => ({ ...event, value: valueOf(event.userId!, event.itemId!, e) }));
  return { ...world, events };
}

const number = (id: string): number => Number(id.slice(1));

/** The same for a pair at every call, in [0, 1). */
function chance(userId: string, itemId: string): number {
  const wave = Math.sin(12.9898 * number(userId) + 78.233 * number(itemId)) * 43_758.5453;
  return wave - Math.floor(wave);
}
