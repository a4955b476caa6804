import type { Showing } from './case-plan.js';
import type { PastShowings } from './past-showings.js';

/** Cases of the whole that a surface and place is taken to have had beside its own. */
const PLACE_SHRINKAGE = 20;
/** Yeses that an item is taken to have had beside its own, as many as were to be expected. */
const ITEM_SHRINKAGE = 5;
/** Nothing is certain. */
const LEAST = 1e-6;

/**
 * What a model has to tell more than: how often an item was taken beside how often its surfaces and places would have it (clicks
 * over expected clicks, Zhang and Jones 2007), shrunk. Gives the probability of each item of a showing.
 */
export function itemRates({ showings, labels }: PastShowings): (showing: Showing) => readonly number[] {
  const all = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const places = new Map<string, Tally>();
  eachCase(showings, (showing, i, at) => add(places, placeOf(showing, i), labels[at]!, 1));
  const expected = (showing: Showing, i: number): number => {
    const { yes, of } = places.get(placeOf(showing, i)) ?? { yes: 0, of: 0 };
    return (yes + PLACE_SHRINKAGE * all) / (of + PLACE_SHRINKAGE);
  };
  const items = new Map<string, Tally>();
  eachCase(showings, (showing, i, at) => add(items, showing.items[i]!.id, labels[at]!, expected(showing, i)));
  return (showing) =>
    showing.items.map(({ id }, i) => {
      const { yes, of } = items.get(id) ?? { yes: 0, of: 0 };
      const lift = (yes + ITEM_SHRINKAGE) / (of + ITEM_SHRINKAGE);
      return Math.min(1 - LEAST, Math.max(LEAST, expected(showing, i) * lift));
    });
}

interface Tally {
  yes: number;
  of: number;
}

function add(tallies: Map<string, Tally>, key: string, yes: number, of: number): void {
  const tally = tallies.get(key);
  if (tally === undefined) tallies.set(key, { yes, of });
  else {
    tally.yes += yes;
    tally.of += of;
  }
}

const placeOf = ({ moment, positions }: Showing, i: number): string => `${positions?.[i] ?? 0} ${moment.surface}`;

function eachCase(showings: readonly Showing[], visit: (showing: Showing, i: number, at: number) => void): void {
  let at = 0;
  for (const showing of showings) for (let i = 0; i < showing.items.length; i++) visit(showing, i, at++);
}
