import type { EventColumns } from '@attune/sdk';

/** What one user bought at one moment. */
export interface Basket {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly itemIds: readonly string[];
}

/** A user's last basket, held out, and what was known before it. */
export interface HeldBasket {
  readonly userId: string;
  readonly basket: Basket;
  /** Moment to ask as of: just before the basket, epoch ms. */
  readonly askAt: number;
  /** Items of the baskets before. */
  readonly known: ReadonlySet<string>;
}

/** What the slate is meant to find: items never bought before, or everything in the basket. */
export type SplitTask = 'newItems' | 'wholeBasket';
export const SPLIT_TASKS: readonly SplitTask[] = ['newItems', 'wholeBasket'];

/** A user's purchases as baskets, oldest first: what was bought at the same millisecond is one. */
export function basketsOf({ size, items, types, at }: EventColumns): readonly Basket[] {
  const baskets: { at: number; itemIds: string[] }[] = [];
  for (let i = 0; i < size; i++) {
    if (types[i] !== 'purchase' || items[i] === '') continue;
    const last = baskets.at(-1);
    if (last !== undefined && last.at === at[i]) last.itemIds.push(items[i]!);
    else baskets.push({ at: at[i]!, itemIds: [items[i]!] });
  }
  return baskets;
}

/** The last basket held out; undefined for a user with fewer than two. */
export function holdOutLast(userId: string, baskets: readonly Basket[]): HeldBasket | undefined {
  const basket = baskets.at(-1);
  if (basket === undefined || baskets.length < 2) return undefined;
  const known = new Set(baskets.slice(0, -1).flatMap(({ itemIds }) => itemIds));
  return { userId, basket, askAt: basket.at - 1, known };
}

/** What a task asks for; empty where the basket holds nothing new. */
export function wantedOf({ basket, known }: HeldBasket, task: SplitTask): ReadonlySet<string> {
  return new Set(task === 'wholeBasket' ? basket.itemIds : basket.itemIds.filter((id) => !known.has(id)));
}
