import { sequenceOf, type TimedSequences, userCount } from '../data/sequences.js';
import { countBelow } from './count-below.kernel.js';

/** Everything that was ever bought, for answers as of any moment: who asks looks at what lies before it only. */
export interface PurchaseLog {
  readonly sequences: TimedSequences;
  /** Item i was sold at `saleTimes[saleOffsets[i]]` and later, once a basket, ascending: [items + 1], [sales]. */
  readonly saleOffsets: Int32Array;
  readonly saleTimes: Float64Array;
  /** Item i was bought by `buyers[buyerOffsets[i]]` and on, each once, in the order of `firstTimes`: [items + 1], [pairs]. */
  readonly buyerOffsets: Int32Array;
  readonly buyers: Int32Array;
  readonly firstTimes: Float64Array;
}

/** A person as of a moment. */
export interface Shopper {
  /** Row in the log of purchases; −1 for somebody who is not in it. */
  readonly user: number;
  /** The moment, ms since 1970. */
  readonly at: number;
  /** What they bought before, oldest first: rows of items, and when; what is of one moment is one basket. */
  readonly rows: Int32Array;
  readonly times: Float64Array;
}

/** Orders purchases by item. O(purchases log purchases). Throws RangeError where times are not one a purchase, ascending. */
export function purchaseLogOf(sequences: TimedSequences): PurchaseLog {
  checkTimes(sequences);
  const { offsets, items, times, itemCount } = sequences;
  const sales: number[][] = Array.from({ length: itemCount }, () => []);
  const pairs: { user: number; at: number }[][] = Array.from({ length: itemCount }, () => []);
  for (let u = 0; u < userCount(sequences); u++) {
    const last = new Map<number, number>();
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
      const [item, at] = [items[k]!, times[k]!];
      const before = last.get(item);
      if (before === undefined) pairs[item]!.push({ user: u, at });
      if (before !== at) sales[item]!.push(at);
      last.set(item, at);
    }
  }
  for (const ofItem of sales) ofItem.sort((a, b) => a - b);
  for (const ofItem of pairs) ofItem.sort((a, b) => a.at - b.at);
  return {
    sequences,
    saleOffsets: offsetsOf(sales),
    saleTimes: Float64Array.from(sales.flat()),
    buyerOffsets: offsetsOf(pairs),
    buyers: Int32Array.from(pairs.flat(), ({ user }) => user),
    firstTimes: Float64Array.from(pairs.flat(), ({ at }) => at),
  };
}

/** How often an item was sold before a moment. */
export const soldBefore = ({ saleOffsets, saleTimes }: PurchaseLog, item: number, at: number): number =>
  countBelow(saleTimes, at, saleOffsets[item]!, saleOffsets[item + 1]!);

/** How many people bought an item before a moment. */
export const buyersBefore = ({ buyerOffsets, firstTimes }: PurchaseLog, item: number, at: number): number =>
  countBelow(firstTimes, at, buyerOffsets[item]!, buyerOffsets[item + 1]!);

/** How often every item was sold in a window before a moment: [items]. */
export function soldWithin(log: PurchaseLog, at: number, ms: number): Float32Array {
  return Float32Array.from(
    { length: log.sequences.itemCount },
    (_, item) => soldBefore(log, item, at) - soldBefore(log, item, at - ms),
  );
}

/** How many purchases a user made before a moment. */
export const boughtBefore = ({ sequences: { offsets, times } }: PurchaseLog, user: number, at: number): number =>
  countBelow(times, at, offsets[user]!, offsets[user + 1]!);

/** A user of the log as of the moment of a purchase: all that is before it. */
export function shopperAt({ offsets, times, ...rest }: TimedSequences, user: number, at: number): Shopper {
  const from = offsets[user]!;
  const before = countBelow(times, at, from, offsets[user + 1]!);
  const rows = sequenceOf({ offsets, ...rest }, user).subarray(0, before);
  return { user, at, rows, times: times.subarray(from, from + before) };
}

function offsetsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach(({ length }, i) => (offsets[i + 1] = offsets[i]! + length));
  return offsets;
}

function checkTimes({ offsets, items, times }: TimedSequences): void {
  if (times.length !== items.length)
    throw new RangeError(`${times.length} times are not one for ${items.length} purchases`);
  for (let u = 0; u + 1 < offsets.length; u++)
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
      if (!Number.isFinite(times[k])) throw new RangeError(`purchase ${k} has no finite time`);
      if (k > offsets[u]! && times[k]! < times[k - 1]!)
        throw new RangeError(`purchases of user ${u} are not in the order of their times`);
    }
}
