import { setImmediate as turn } from 'node:timers/promises';
import { basketsOf, holdOutLast, type HeldBasket } from '@attune/evaluation';
import { mayProfile, type TenantStores } from '@attune/sdk';

/** Histories read before people's requests get a turn: a few milliseconds. */
const USERS_A_TURN = 200;

/** The last basket of every user who has two and consents to profiling. `now`: epoch ms, nothing later is looked at. */
export async function heldBaskets({ events, users }: TenantStores, now: number): Promise<readonly HeldBasket[]> {
  const held: HeldBasket[] = [];
  for (const [i, userId] of events.userIds().entries()) {
    if (i % USERS_A_TURN === 0) await turn();
    if (!mayProfile(users.find(userId))) continue;
    const last = holdOutLast(userId, basketsOf(events.history({ userId }, now)));
    if (last !== undefined) held.push(last);
  }
  return held;
}
