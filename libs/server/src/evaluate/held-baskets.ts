import { setImmediate as turn } from 'node:timers/promises';
import { basketsOf, holdOutLast, type HeldBasket } from '@attune/evaluation';
import type { TenantStores } from '@attune/sdk';
import { joinedPages } from '../joined-pages.js';

/** Histories read before people's requests get a turn: a few milliseconds. */
const USERS_A_TURN = 200;

/**
 * The last basket of every user who has two and consents to profiling, in order of their ids. `now`: epoch ms, nothing
 * later is looked at.
 */
export async function heldBaskets({ events, users }: TenantStores, now: number): Promise<readonly HeldBasket[]> {
  const refusing = await users.withoutConsent();
  const known = (await joinedPages(events.userIds())).filter((userId) => !refusing.has(userId)).sort();
  const held: HeldBasket[] = [];
  for (let from = 0; from < known.length; from += USERS_A_TURN) {
    await turn();
    const some = known.slice(from, from + USERS_A_TURN);
    const histories = await Promise.all(some.map((userId) => events.history({ userId }, now)));
    const last = histories.map((history, i) => holdOutLast(some[i]!, basketsOf(history)));
    held.push(...last.filter((one) => one !== undefined));
  }
  return held;
}
