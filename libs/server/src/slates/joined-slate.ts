import type { LoggedSlate } from '@attune/sdk';
import { countsAt, type Counts, type Group } from './attribution-table.js';

/** What can happen to a shown item: by the type of the event that says so. */
const DEEDS: ReadonlyMap<string, 'clicks' | 'carts' | 'purchases'> = new Map([
  ['click', 'clicks'],
  ['view', 'clicks'],
  ['add_to_cart', 'carts'],
  ['purchase', 'purchases'],
]);
const BIT = { clicks: 1, carts: 2, purchases: 4, seen: 8 } as const;

/** Whether events of that type say something about a slate. */
export const isAttributed = (type: string): boolean => type === 'impression' || DEEDS.has(type);

/** A slate as far as events are joined to it: each kind of deed counts once an item. */
export class JoinedSlate {
  /** Place of each item in the slate, from 0. */
  readonly #places: ReadonlyMap<string, number>;
  /** What is known of each item, a bit each. */
  readonly #flags: Uint8Array;
  #isNarrowed = false;

  /** `from`: position of its first item, from 0; other than 0 for a later page. */
  constructor(
    slate: Pick<LoggedSlate, 'items' | 'at'>,
    private readonly group: Group,
    private readonly from: number,
  ) {
    this.at = Date.parse(slate.at);
    this.#places = new Map(slate.items.map((id, place) => [id, place]));
    this.#flags = new Uint8Array(slate.items.length);
  }

  /** When it was served, epoch milliseconds. */
  readonly at: number;

  /** Counts one event; items that the slate did not show are not its own. */
  join(type: string, items: readonly string[]): void {
    const places = items.flatMap((id) => this.#places.get(id) ?? []);
    if (type === 'impression') return this.#narrow(places);
    const deed = DEEDS.get(type);
    if (deed === undefined) return;
    for (const place of places) if (this.#marks(place, BIT[deed])) this.#at(place)[deed] += 1;
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
    return countsAt(this.group, this.from + place);
  }
}
