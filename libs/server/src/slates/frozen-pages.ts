import { randomBytes } from 'node:crypto';
import { AttuneError, type SlateItem } from '@attune/sdk';
import type { Forgotten } from '../erase/forgets.js';
import { decodeCursor, encodeCursor, type PagedCall } from './cursor.codec.js';

/** Everything that passed, in an order that no longer changes. */
export interface SlateOrder {
  /** Places there are. */
  readonly total: number;
  /** Places `from..to` from 0, as a slate shows them. */
  readonly show: (from: number, to: number) => Promise<readonly SlateItem[]>;
}

/** Whose slate it is, for the day he is forgotten. */
export interface Viewer {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

/** A slate whose next pages may be asked for. */
export interface FrozenSlate<A = unknown> {
  readonly order: SlateOrder;
  readonly viewer: Viewer;
  /** Items a page where the caller does not say. */
  readonly limit: number;
  /** Makes the answer of a page. */
  readonly answer: (page: Page) => A;
}

/** Some of a frozen slate's items. */
export interface Page {
  readonly items: readonly SlateItem[];
  /** Place of the page from 0. */
  readonly from: number;
  readonly limit: number;
  readonly cursor: string | undefined;
}

const LIFE_MS = 15 * 60_000;
/** A frozen slate holds its candidates with their columns: this bounds a tenant's memory. */
const MAX_SLATES = 1000;
const MAX_PLACES = 400_000;

interface Held extends FrozenSlate {
  readonly call: PagedCall;
  readonly expiresAt: number;
}

/** The frozen slates of one tenant: 15 minutes each, and the oldest go first where there are too many. */
export class FrozenPages {
  readonly #held = new Map<string, Held>();
  #places = 0;

  constructor(
    private readonly tenant: string,
    private readonly clock: { now(): number },
  ) {}

  /** Slates held. */
  get size(): number {
    return this.#held.size;
  }

  /** Keeps a slate whose first `shown` items were answered; the cursor of the next ones, undefined where none are left. */
  freeze(call: PagedCall, slate: FrozenSlate, shown: number): string | undefined {
    if (shown >= slate.order.total) return undefined;
    const id = randomBytes(16).toString('base64url');
    this.#held.set(id, { ...slate, call, expiresAt: this.clock.now() + LIFE_MS });
    this.#places += slate.order.total;
    this.#makeRoom();
    return encodeCursor({ id, from: shown }, this.#owner(call));
  }

  /**
   * The page a cursor stands for. Items that were deleted or became unavailable since are left out, and those behind
   * them move up. Throws CURSOR_INVALID, CURSOR_EXPIRED.
   */
  async next(call: PagedCall, cursor: string, limit?: number): Promise<{ slate: FrozenSlate; page: Page }> {
    const place = decodeCursor(cursor, this.#owner(call));
    if (place === undefined) {
      throw new AttuneError('CURSOR_INVALID', 'no such cursor was given by this call', { pointer: '/cursor' });
    }
    const slate = this.#held.get(place.id);
    if (slate === undefined || slate.expiresAt <= this.clock.now()) {
      throw new AttuneError('CURSOR_EXPIRED', 'the slate behind it is no longer kept', { pointer: '/cursor' });
    }
    const wanted = limit ?? slate.limit;
    const { items, to } = await gathered(slate.order, place.from, wanted);
    const more = to < slate.order.total;
    const next = more ? encodeCursor({ id: place.id, from: to }, this.#owner(call)) : undefined;
    return { slate, page: { items, from: place.from, limit: wanted, cursor: next } };
  }

  /** Drops the slates of people who are forgotten; how many there were. */
  forget({ userIds, anonymousIds }: Forgotten): number {
    const users = new Set(userIds);
    const anonymous = new Set(anonymousIds);
    let dropped = 0;
    for (const [id, { viewer }] of this.#held) {
      if (!users.has(viewer.userId ?? '') && !anonymous.has(viewer.anonymousId ?? '')) continue;
      this.#drop(id);
      dropped += 1;
    }
    return dropped;
  }

  #makeRoom(): void {
    const now = this.clock.now();
    for (const [id, { expiresAt }] of this.#held) {
      if (expiresAt > now && this.#held.size <= MAX_SLATES && this.#places <= MAX_PLACES) return;
      this.#drop(id);
    }
  }

  #drop(id: string): void {
    this.#places -= this.#held.get(id)?.order.total ?? 0;
    this.#held.delete(id);
  }

  #owner(call: PagedCall): string {
    return `${call} ${this.tenant}`;
  }
}

/** The next `limit` items of an order that can still be had, and the place after them. */
export async function gathered(
  order: SlateOrder,
  from: number,
  limit: number,
): Promise<{ readonly items: readonly SlateItem[]; readonly to: number }> {
  const items: SlateItem[] = [];
  let at = from;
  while (items.length < limit && at < order.total) {
    const to = Math.min(order.total, at + limit - items.length);
    const shown = await order.show(at, to);
    items.push(...shown.filter(({ item }) => item !== undefined && item.available !== false));
    at = to;
  }
  return { items, to: at };
}
