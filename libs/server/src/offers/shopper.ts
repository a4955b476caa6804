import { type EventColumns, type Item, type User } from '@attune/sdk';
import { NO_OFFERS, type MadeOffers } from './made-offers.js';

/** Whom an offer may be made to, as far as rules look. */
export interface Shopper {
  /** What the shop says of him; undefined where nothing. */
  readonly user: User | undefined;
  /** Undefined: he does not consent to profiling, so nothing of his past is known. */
  readonly history: EventColumns | undefined;
  /** Items of his past that there are still, without those he only saw, hid or disliked. */
  readonly interests: readonly Item[];
  readonly made: MadeOffers;
  /** How often each offer with such a cap was made, to everybody; one that is not there: never. */
  readonly totals: ReadonlyMap<string, number>;
}

/** Somebody of whom nothing is known. */
export const STRANGER: Shopper = {
  user: undefined,
  history: undefined,
  interests: [],
  made: NO_OFFERS,
  totals: new Map(),
};

/** What is shown to somebody is not what he does. */
export const DONE_TO: ReadonlySet<string> = new Set(['impression', 'identify']);
const REFUSED: ReadonlySet<string> = new Set([...DONE_TO, 'dislike', 'hide']);
const MOST_INTERESTS = 1000;

/** The latest items that somebody took an interest in, the newest first, each once. */
export function interestsOf({ items, types, size }: EventColumns): readonly string[] {
  const latest = new Set<string>();
  for (let i = size - 1; i >= 0 && latest.size < MOST_INTERESTS; i--)
    if (items[i] !== '' && !REFUSED.has(types[i]!)) latest.add(items[i]!);
  return [...latest];
}
