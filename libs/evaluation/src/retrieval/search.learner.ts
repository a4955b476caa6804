import type { Grid, Options } from '../search/options.js';
import type { SearchSources } from './search.sources.js';

/** Items that are judged of what a search finds. */
export const SHOWN = 10;

/** The items that a search finds for a query of the task, by row, best first; at least those that are shown, if there are so many. */
export type Find = (query: number, options: Options) => Promise<ArrayLike<number>>;

/** A way to search: one file each, listed in `search.learners.ts`. */
export interface SearchLearner {
  readonly name: string;
  /** One line: what it is. */
  readonly summary: string;
  readonly grid: Grid;
  /** Its part of the time beside the others'. Default 1. */
  readonly timeWeight?: number;
  /** Throws RangeError where a model that it needs is not at hand. */
  open(sources: SearchSources): Promise<Find>;
}
