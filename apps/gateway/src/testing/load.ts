import type { EventSent, EventsReceipt, HttpClient } from './http.client.js';
import { goneOrThrow } from './shop.js';
import { TINY_ITEMS } from './tiny-shop.js';

const POSTERS = 4;
const SIZES = [1, 1, 3, 20, 100];

/** Everything that was sent to a server, and what of it was acknowledged, over any number of its lives. */
export class Load {
  readonly sent = new Map<string, EventSent>();
  readonly acknowledged = new Set<string>();
  #batches = 0;

  constructor(private readonly random: () => number) {}

  /** Purchases and slates from several clients at once until the server is gone. `onReceipt`: after each acknowledgement. */
  async untilGone(client: HttpClient, onReceipt: () => void): Promise<void> {
    const posters = Array.from({ length: POSTERS }, () => this.#post(client, onReceipt));
    await Promise.all([...posters, this.#ask(client)]);
  }

  async #post(client: HttpClient, onReceipt: () => void): Promise<void> {
    for (;;) {
      const batch = this.#batch();
      for (const event of batch) this.sent.set(event.id, event);
      const receipt = await client.send(...batch).catch(goneOrThrow);
      if (receipt === undefined) return;
      this.#check(batch, receipt);
      for (const { id } of batch) this.acknowledged.add(id);
      onReceipt();
    }
  }

  #batch(): readonly EventSent[] {
    const number = ++this.#batches;
    const size = SIZES[Math.floor(this.random() * SIZES.length)]!;
    return Array.from({ length: size }, (_, i) => ({
      id: `e-${number}-${i}`,
      type: 'purchase',
      userId: `u-${(number + i) % 50}`,
      itemId: TINY_ITEMS[(number * 7 + i) % TINY_ITEMS.length]!.id,
    }));
  }

  #check(batch: readonly EventSent[], { accepted, duplicates }: EventsReceipt): void {
    if (accepted !== batch.length || duplicates !== 0)
      throw new Error(`${accepted} accepted and ${duplicates} duplicates of ${batch.length} new events`);
  }

  async #ask(client: HttpClient): Promise<void> {
    for (;;) {
      const slate = await client
        .call('POST', '/v1/recommendations', { surface: 'home', userId: 'u-1', limit: 5 })
        .catch(goneOrThrow);
      if (slate === undefined) return;
    }
  }
}

/** Seeded numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
