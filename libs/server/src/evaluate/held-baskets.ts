import { setImmediate as turn } from 'node:timers/promises';
import { basketsOf, holdOutLast, sample, type HeldBasket } from '@attune/evaluation';
import type { TenantStores } from '@attune/sdk';
import { joinedPages } from '../joined-pages.js';

/** Histories read before people's requests get a turn: a few milliseconds. */
const USERS_A_TURN = 200;

/** Of whom, and how much of each. */
export interface HeldOptions {
  /** How many baskets of each user, the latest first, each with what was before it. Default 1. */
  readonly depth?: number;
  /** Users at most, drawn by `seed`. Default all. */
  readonly users?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/**
 * The last baskets of users who have two and consent to profiling, in order of their ids. `now`: epoch ms, nothing later is
 * looked at. Rejects with the signal's reason.
 */
export async function heldBaskets(
  { events, users }: TenantStores,
  now: number,
  { depth = 1, users: most = Infinity, seed = 0, signal }: HeldOptions = {},
): Promise<readonly HeldBasket[]> {
  const refusing = await users.withoutConsent();
  const known = (await joinedPages(events.userIds())).filter((userId) => !refusing.has(userId)).sort();
  const drawn = known.length <= most ? known : sample(known, most, seed);
  const held: HeldBasket[] = [];
  for (let from = 0; from < drawn.length; from += USERS_A_TURN) {
    await turn();
    signal?.throwIfAborted();
    const some = drawn.slice(from, from + USERS_A_TURN);
    const histories = await Promise.all(some.map((userId) => events.history({ userId }, now)));
    for (const [i, history] of histories.entries()) {
      const baskets = basketsOf(history);
      for (let after = 0; after < depth; after++) {
        const one = holdOutLast(some[i]!, baskets.slice(0, baskets.length - after));
        if (one !== undefined) held.push(one);
      }
    }
  }
  return held;
}
