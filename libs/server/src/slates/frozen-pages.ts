import { randomBytes } from 'node:crypto';
import { AttuneError, type PageViewer, type SlateItem } from '@attune/sdk';
import type { Forgotten } from '../erase/forgets.js';
import { decodeCursor, encodeCursor, type PagedCall } from './cursor.codec.js';

/** Everything that passed, in an order that no longer changes. */
export interface SlateOrder {
  /** Places there are. */
  readonly total: number;
  /** Places `from..to` from 0, as a slate shows them. */
  readonly show: (from: number, to: number) => Promise<readonly SlateItem[]>;
}

/** A slate whose next pages may be asked for. */
export interface FrozenSlate<A = unknown> {
  readonly order: SlateOrder;
  /** Whose slate it is, for the day he is forgotten. */
  readonly viewer: PageViewer;
  /** Items a page where the caller does not say. */
  readonly limit: number;
  /** Makes the answer of a page. */
  readonly answer: (page: Page) => A;
}

/** A slate that another gateway froze, which must not live longer for that; epoch ms. */
export interface ThawedSlate extends FrozenSlate {
  readonly expiresAt: number;
}

/** Some of a frozen slate's items. */
export interface Page {
  readonly items: readonly SlateItem[];
  /** Place of the page from 0. */
  readonly from: number;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** How long pages can be asked for. */
export const LIFE_MS = 15 * 60_000;
/** A frozen slate holds its candidates with their columns: this bounds a tenant's memory. */
const MAX_SLATES = 1000;
const MAX_PLACES = 400_000;

/** Finds a slate that another gateway froze, by its id. */
export type Thaw = (id: string) => Promise<ThawedSlate | undefined>;

/** Nobody can guess it. */
export const frozenId = (): string => randomBytes(16).toString('base64url');

/** The frozen slates of one tenant: 15 minutes each, and the oldest go first where there are too many. */
export class FrozenPages {
  readonly #held = new Map<string, ThawedSlate>();
  /** Who was forgotten while slates are fetched: one list for each of them. */
  readonly #fetching = new Set<Forgotten[]>();
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
  freeze(call: PagedCall, slate: FrozenSlate, shown: number, id = frozenId()): string | undefined {
    if (shown >= slate.order.total) return undefined;
    this.#hold(id, { ...slate, expiresAt: this.clock.now() + LIFE_MS });
    return encodeCursor({ id, from: shown }, this.#owner(call));
  }

  /**
   * The page a cursor stands for. Items that were deleted or became unavailable since are left out, and those behind
   * them move up. `thaw` is asked for a slate that is not held. Throws CURSOR_INVALID, CURSOR_EXPIRED, and what `thaw` throws.
   */
  async next(
    call: PagedCall,
    cursor: string,
    limit?: number,
    thaw?: Thaw,
  ): Promise<{ slate: FrozenSlate; page: Page }> {
    const place = decodeCursor(cursor, this.#owner(call));
    if (place === undefined) {
      throw new AttuneError('CURSOR_INVALID', 'no such cursor was given by this call', { pointer: '/cursor' });
    }
    const slate = this.#stillHeld(place.id) ?? (await this.#fetched(place.id, thaw));
    if (slate === undefined) {
      throw new AttuneError('CURSOR_EXPIRED', 'the slate behind it is no longer kept', { pointer: '/cursor' });
    }
    const wanted = limit ?? slate.limit;
    const { items, to } = await gathered(slate.order, place.from, wanted);
    const more = to < slate.order.total;
    const next = more ? encodeCursor({ id: place.id, from: to }, this.#owner(call)) : undefined;
    return { slate, page: { items, from: place.from, limit: wanted, cursor: next } };
  }

  /** Drops the slates of people who are forgotten; how many there were. */
  forget(who: Forgotten): number {
    for (const forgotten of this.#fetching) forgotten.push(who);
    const gone = [...this.#held].filter(([, { viewer }]) => isOneOf(viewer, who));
    for (const [id] of gone) this.#drop(id);
    return gone.length;
  }

  /** Drops all; those that other gateways find are fetched when they are asked for. */
  forgetAll(): void {
    for (const id of [...this.#held.keys()]) this.#drop(id);
  }

  #stillHeld(id: string): FrozenSlate | undefined {
    const slate = this.#held.get(id);
    return slate !== undefined && slate.expiresAt > this.clock.now() ? slate : undefined;
  }

  /** Another gateway's slate, from then on held as if it were this one's. */
  async #fetched(id: string, thaw: Thaw = nowhere): Promise<FrozenSlate | undefined> {
    const forgotten: Forgotten[] = [];
    this.#fetching.add(forgotten);
    const slate = await thaw(id).finally(() => this.#fetching.delete(forgotten));
    if (slate === undefined || forgotten.some((who) => isOneOf(slate.viewer, who))) return undefined;
    this.#hold(id, slate);
    return slate;
  }

  #hold(id: string, slate: ThawedSlate): void {
    this.#drop(id);
    this.#held.set(id, slate);
    this.#places += slate.order.total;
    this.#makeRoom();
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

const nowhere: Thaw = () => Promise.resolve(undefined);

const isOneOf = ({ userId, anonymousId }: PageViewer, { userIds, anonymousIds }: Forgotten): boolean =>
  (userId !== undefined && userIds.includes(userId)) ||
  (anonymousId !== undefined && anonymousIds.includes(anonymousId));

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
