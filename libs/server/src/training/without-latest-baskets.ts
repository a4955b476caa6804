import { keptEvents, keptSlates, type TrainingData } from '@attune/sdk';
import { WINDOW_MS } from '../slates/joined-slate.js';

const PURCHASE = 'purchase';

/**
 * The log without each user's latest moments of purchase, and without what they did from the first of these on; nor with slates that
 * could have led to any of that. A user's first moment of purchase stays.
 */
export function withoutLatestBaskets(data: TrainingData, depth: number): TrainingData {
  const cuts = cutsOf(data, depth);
  const before = keptEvents(data, (e) => data.at[e]! < cuts[data.users[e]!]!);
  const { exposures } = data;
  if (exposures === undefined) return before;
  const { at, users } = exposures;
  return keptSlates(before, (slate) => at[slate]! + WINDOW_MS < (cuts[users[slate]!] ?? Infinity));
}

/** From when on each user is not looked at; never where they bought at one moment only. */
function cutsOf({ size, users, types, at, userIds, typeNames }: TrainingData, depth: number): readonly number[] {
  const purchase = typeNames.indexOf(PURCHASE);
  const moments: number[][] = userIds.map(() => []);
  // Events are in the order of their times.
  for (let e = 0; e < size; e++) {
    const ofUser = moments[users[e]!]!;
    if (types[e] === purchase && ofUser.at(-1) !== at[e]) ofUser.push(at[e]!);
  }
  return moments.map((all) => all[Math.max(1, all.length - depth)] ?? Infinity);
}
