import { uniform } from '../metrics/bootstrap.js';
import { optionsToTry } from './options-to-try.js';
import { rungsWorth } from './rungs.js';
import { Tries, type Found, type Search, type SearchLimits } from './tries.js';
import { tryOnRungs } from './try-on-rungs.js';

/**
 * Tries options for a time: at least the defaults. Where there is time for few trials in full, and those on a share of the data
 * are cheaper, options are judged on shares first and the best of them in full; the best is found by those in full alone. What
 * an earlier run tried is not tried again. Where there is time enough, the same seed tries the same.
 */
export async function searchOptions<M>(search: Search<M>, limits: SearchLimits): Promise<Found<M>> {
  const tries = new Tries(search, limits);
  const draws = optionsToTry(search.grid, uniform(limits.seed), () => tries.bestOptions);
  const defaults = draws.next().value!;
  const full = await tries.make(defaults);
  const rungs = await rungsWorth({ search, tries, defaults, full, seconds: limits.seconds });
  if (rungs !== undefined) await tryOnRungs(draws, tries, rungs);
  else
    for (const options of draws) {
      if (!tries.fits(options, 1, tries.bestSeconds)) break;
      await tries.make(options);
    }
  return tries.found();
}

/** What became of a search, for a person to read. */
export const triedLine = (name: string, { tried, inFull }: Pick<Found<unknown>, 'tried' | 'inFull'>): string =>
  `${name}: ${tried} tried${inFull < tried ? `, ${inFull} of them in full` : ''}`;
