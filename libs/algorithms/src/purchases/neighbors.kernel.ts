import { topK } from '@attune/numeric';
import { userCount } from '../data/sequences.js';
import { DAY_MS, faded } from './fading.js';
import { type OwnItems, ownItemsOf } from './own-items.js';
import { boughtBefore, buyersBefore, type PurchaseLog, type Shopper, soldBefore } from './purchase-log.js';

const HALF_LIFE_DAYS = 60;
const MOST = 400;
/** Added to the size of a history, so that few purchases are not much alike by chance. */
const SHRINKAGE = 10;

export interface Neighbor {
  readonly user: number;
  readonly likeness: number;
}

/**
 * The people who bought most of the same by a moment, at most 400, the most alike first. An item in common counts by how
 * few were sold of it (1 / √(1 + sales)) and how lately the person bought it; the sum is divided by √(purchases + 10).
 */
export function neighborsOf(
  shopper: Shopper,
  log: PurchaseLog,
  own: OwnItems = ownItemsOf(shopper),
): readonly Neighbor[] {
  const { buyerOffsets, buyers, sequences } = log;
  const common = new Float32Array(userCount(sequences));
  for (const [item, { lastAt }] of own.byRow) {
    const weight = faded(shopper.at - lastAt, HALF_LIFE_DAYS) / Math.sqrt(1 + soldBefore(log, item, shopper.at));
    const from = buyerOffsets[item]!;
    const to = from + buyersBefore(log, item, shopper.at);
    for (let k = from; k < to; k++) common[buyers[k]!]! += weight;
  }
  if (shopper.user >= 0) common[shopper.user] = 0;
  const likeness = common.map((sum, user) =>
    sum === 0 ? -Infinity : sum / Math.sqrt(boughtBefore(log, user, shopper.at) + SHRINKAGE),
  );
  const users = topK(
    likeness,
    MOST,
    Uint8Array.from(common, (sum) => (sum > 0 ? 1 : 0)),
  );
  return Array.from(users, (user) => ({ user, likeness: likeness[user]! }));
}

export interface NeighborWindow {
  /** Purchases count this long. */
  readonly windowDays: number;
  /** After so long they count half as much. */
  readonly halfLifeDays: number;
}

/** What neighbors bought before a moment, each purchase by how alike its buyer is and how long ago it was: [items]. */
export function neighborInterests(
  neighbors: readonly Neighbor[],
  { sequences: { offsets, items, times, itemCount } }: PurchaseLog,
  at: number,
  { windowDays, halfLifeDays }: NeighborWindow,
): Float32Array {
  const interests = new Float32Array(itemCount);
  for (const { user, likeness } of neighbors)
    for (let k = offsets[user]!; k < offsets[user + 1]! && times[k]! < at; k++) {
      const age = at - times[k]!;
      if (age < windowDays * DAY_MS) interests[items[k]!]! += likeness * faded(age, halfLifeDays);
    }
  return interests;
}
