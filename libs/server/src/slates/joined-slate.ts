import { DEED, type LoggedSlate, type StoredEvent } from '@attune/sdk';
import { countsAt, type Counts, type Group } from './attribution-table.js';

const DAY_MS = 86_400_000;
/** Later deeds are not the slate's. */
export const WINDOW_MS = 7 * DAY_MS;
/** How far a client's clock may run behind the server's. */
const BEHIND_MS = 5 * 60_000;

/** What can happen to a shown item: by the type of the event that says so. */
const DEEDS: ReadonlyMap<string, 'clicks' | 'carts' | 'purchases'> = new Map([
  ['click', 'clicks'],
  ['view', 'clicks'],
  ['add_to_cart', 'carts'],
  ['purchase', 'purchases'],
]);
const BIT = { clicks: DEED.click, carts: DEED.cart, purchases: DEED.purchase, seen: 8 } as const;

/** Whether events of that type say something about a slate. */
export const isAttributed = (type: string): boolean => type === 'impression' || DEEDS.has(type);

/** Position of a logged slate's first item, from 0; other than 0 for a later page. */
export function pageStart({ request }: Pick<LoggedSlate, 'request'>): number {
  const page = request['page'];
  const from = typeof page === 'object' && page !== null && 'from' in page ? page['from'] : 0;
  return typeof from === 'number' ? from : 0;
}

/** What an event says about a slate, and of which items. */
export type SlateDeed = Pick<StoredEvent, 'type' | 'at'> & { readonly items: readonly string[] };

/** What is known of an item of a slate: where it stood, and what came of it. */
export interface ItemOutcome {
  readonly id: string;
  /** From 0, over all pages. */
  readonly position: number;
  /** Bits of `DEED`. */
  readonly deeds: number;
}

/** A slate as far as events are joined to it: each kind of deed counts once an item. */
export class JoinedSlate {
  /** Place of each item in the slate, from 0. */
  readonly #places: ReadonlyMap<string, number>;
  /** What is known of each item, a bit each. */
  readonly #flags: Uint8Array;
  #isNarrowed = false;

  /** Position of its first item, from 0. */
  readonly #from: number;

  /** `group`: where it is counted. */
  constructor(
    slate: Pick<LoggedSlate, 'items' | 'at' | 'request'>,
    private readonly group: Group,
  ) {
    this.at = Date.parse(slate.at);
    this.#from = pageStart(slate);
    this.#places = new Map(slate.items.map((id, place) => [id, place]));
    this.#flags = new Uint8Array(slate.items.length);
  }

  /** When it was served, epoch milliseconds. */
  readonly at: number;

  /** Counts one event within 7 days of the slate; items that it did not show are not its own. */
  join({ type, at, items }: SlateDeed): void {
    const after = Date.parse(at) - this.at;
    if (!(after >= -BEHIND_MS && after <= WINDOW_MS)) return;
    const places = items.flatMap((id) => this.#places.get(id) ?? []);
    if (type === 'impression') return this.#narrow(places);
    const deed = DEEDS.get(type);
    if (deed === undefined) return;
    for (const place of places) if (this.#marks(place, BIT[deed])) this.#at(place)[deed] += 1;
  }

  /** What was seen of it and what came of that, in order. */
  outcomes(): readonly ItemOutcome[] {
    const all = Array.from(this.#places, ([id, place]) => ({ id, place, flags: this.#flags[place]! }));
    // What was acted on was seen, whether an impression says so or not.
    const seen = this.#isNarrowed ? all.filter(({ flags }) => flags !== 0) : all;
    return seen.map(({ id, place, flags }) => ({ id, position: this.#from + place, deeds: flags & ~BIT.seen }));
  }

  /** What was really seen: the first impression takes the others' places back. */
  #narrow(places: readonly number[]): void {
    if (places.length === 0) return;
    if (!this.#isNarrowed) for (const place of this.#places.values()) this.#at(place).impressions -= 1;
    this.#isNarrowed = true;
    for (const place of places) if (this.#marks(place, BIT.seen)) this.#at(place).impressions += 1;
  }

  /** Whether the bit was not there before. */
  #marks(place: number, bit: number): boolean {
    const isNew = (this.#flags[place]! & bit) === 0;
    this.#flags[place]! |= bit;
    return isNew;
  }

  #at(place: number): Counts {
    return countsAt(this.group, this.#from + place);
  }
}
