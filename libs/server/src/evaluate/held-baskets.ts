import { basketsOf, holdOutLast, type HeldBasket } from '@attune/evaluation';
import { mayProfile, type TenantStores } from '@attune/sdk';

/** The last basket of every user who has two and consents to profiling. `now`: epoch ms, nothing later is looked at. */
export function heldBaskets({ events, users }: TenantStores, now: number): readonly HeldBasket[] {
  return events.userIds().flatMap((userId) => {
    if (!mayProfile(users.find(userId))) return [];
    const held = holdOutLast(userId, basketsOf(events.history({ userId }, now)));
    return held === undefined ? [] : [held];
  });
}
