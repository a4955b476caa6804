import type { EventSent } from './http.client.js';
import type { ItemSent, Shop } from './shop.js';
import { manyItems } from './tiny-shop.js';

const POSTERS = 3;
const BATCH = 20;

/** What is bought; to be there before. */
export const SHOP_ITEMS = manyItems(300);
export const SHOP_USERS: readonly string[] = Array.from({ length: 25 }, (_, n) => `u${n}`);

/** Each user buys a dozen items, again and again. */
const purchase = (n: number): EventSent => ({
  id: `e${n}`,
  type: 'purchase',
  userId: SHOP_USERS[n % SHOP_USERS.length]!,
  itemId: SHOP_ITEMS[n % SHOP_ITEMS.length]!.id,
});
const newItem = (n: number): ItemSent => ({ id: `new-${n}`, title: `new ${n}` });
const batchOf = <T>(number: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: BATCH }, (_, i) => make(number * BATCH + i));

/** New purchases and items of a shop, several batches at once. */
export class ShopLoad {
  /** Milliseconds that each of those who send waits after a batch. */
  pauseMs = 0;
  #events = 0;
  #items = 0;

  constructor(private readonly shop: Shop) {}

  /** Goes on for as long as the work takes; in the end everything sent is acknowledged. */
  async during(work: () => Promise<unknown>): Promise<void> {
    let isWorking = true;
    const postAll = async (): Promise<void> => {
      for (; isWorking; await this.#pause()) await this.shop.send(batchOf(this.#events++, purchase));
    };
    const putAll = async (): Promise<void> => {
      for (; isWorking; await this.#pause()) await this.shop.put(batchOf(this.#items++, newItem));
    };
    const working = work().finally(() => (isWorking = false));
    await Promise.all([working, putAll(), ...Array.from({ length: POSTERS }, postAll)]);
  }

  async #pause(): Promise<void> {
    if (this.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, this.pauseMs));
  }
}

/** How often each item was bought, by what was acknowledged. */
export function purchasesOfShop({ events }: Shop): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { itemId } of events.values()) counts.set(itemId!, (counts.get(itemId!) ?? 0) + 1);
  return counts;
}

/** What each user bought, by what was acknowledged. */
export function boughtBy({ events }: Shop, userId: string): ReadonlySet<string> {
  return new Set([...events.values()].filter((event) => event.userId === userId).map(({ itemId }) => itemId!));
}
