import type { Grid, Options } from './options.js';
import type { Trial } from './trials.js';
import type { Search, Tries } from './tries.js';

/** Shares of the data that may be judged on before all of it. */
const SHARES = [1 / 9, 1 / 3];
/** Users, or what else is drawn, of which a share must have as many: fewer tell too little. */
const LEAST_DRAWN = 100;
/** Trials in full that there must be time for: of fewer, what rungs cost is a large part. */
const LEAST_ROOM = 5;
/** All options can be tried in full where there is time for them even if they take so many times as long as the defaults. */
const SLOWER = 3;
/** Rungs are used where the first trial on one takes at most this share of the seconds of one in full: later ones are quicker. */
const CHEAP = 0.5;

/** What options are judged on before all of the data, with what that costs. */
export interface Rungs {
  /** Ascending, in (0, 1). */
  readonly shares: readonly number[];
  readonly defaults: Options;
  /** The trials of the defaults: on the first rung, and in full. */
  readonly first: Trial;
  readonly full: Trial;
}

/** A search of which the defaults have been tried in full. */
interface Begun<M> {
  readonly search: Search<M>;
  readonly tries: Tries<M>;
  readonly defaults: Options;
  readonly full: Trial;
  readonly seconds: number;
}

/**
 * The rungs of a search, after the defaults were tried on the first; undefined where it is better off without: where there are
 * none, there is time for few trials in full or for all options, or trials on a rung are not much cheaper.
 */
export async function rungsWorth<M>({ search, tries, defaults, full, seconds }: Begun<M>): Promise<Rungs | undefined> {
  const { shares = [], grid } = search;
  const room = seconds / full.seconds;
  if (shares.length === 0 || room < LEAST_ROOM || room >= SLOWER * combinationsOf(grid)) return undefined;
  const first = await tries.make(defaults, shares[0]);
  return first.seconds > CHEAP * full.seconds ? undefined : { shares, defaults, first, full };
}

/** Shares of `count` users, or of what else is drawn, that tell options apart: the least first. */
export const usableShares = (count: number): readonly number[] =>
  SHARES.filter((share) => share * count >= LEAST_DRAWN);

const combinationsOf = (grid: Grid): number => Object.values(grid).reduce((product, { length }) => product * length, 1);
