import type { EventSent } from './http.client.js';
import { manyItems } from './tiny-shop.js';

const USERS = 400;
const BOUGHT = 10;
const STRIDE = 7;

/** Items in a ring, around which each user goes ten steps. */
export const RING_ITEMS = manyItems(60);
const itemAt = (place: number): string => RING_ITEMS[place % RING_ITEMS.length]!.id;

/** Every user's first step, then every user's second, and so on. */
export const RING_PURCHASES: readonly EventSent[] = Array.from({ length: USERS * BOUGHT }, (_, n) => ({
  id: `e${n}`,
  type: 'purchase',
  userId: `u${n % USERS}`,
  itemId: itemAt(STRIDE * (n % USERS) + Math.floor(n / USERS)),
}));

/** What comes next for user `u<n>`. */
export const nextInRing = (n: number): string => itemAt(STRIDE * n + BOUGHT);
