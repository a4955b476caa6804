import { faded, recentHistory, type Shopper } from '@attune/algorithms';
import { numberOf, type Options, type Grid } from '../search/options.js';
import type { Asker, RankingTask } from './ranking.task.js';
import type { ToldHistory } from './recommender.learner.js';

/** How a history in order is told to a model that takes weights: its newest `last` items, each older one `decay` times as much. */
const BY_PLACE: Grid = { last: [1_000_000, 5, 10, 20, 50], decay: [1, 0.6, 0.8, 0.9, 0.95] };
/** How one with moments is told: each item once, half as much for every `halfLifeDays` since it was last bought. */
const BY_TIME: Grid = { halfLifeDays: [1_000_000, 30, 60, 120] };

/** What is searched of how histories are told: nothing where they are in no order. */
export const recencyOf = ({ ordered, purchases }: RankingTask): Grid =>
  purchases !== undefined ? BY_TIME : ordered ? BY_PLACE : {};

/** A history as told to a model: whole where asking names nothing. */
export function toldHistory({ history, shopper }: Asker, asking: Options): ToldHistory {
  const who = shopper === undefined ? {} : { shopper };
  if (Object.keys(asking).length === 0) return { rows: history, ...who };
  if (shopper !== undefined) return { ...fadedHistory(shopper, numberOf(asking, 'halfLifeDays')), shopper };
  return recentHistory({ rows: history }, { last: numberOf(asking, 'last'), decay: numberOf(asking, 'decay') });
}

function fadedHistory({ rows, times, at }: Shopper, halfLifeDays: number): ToldHistory {
  const latest = new Map<number, number>();
  rows.forEach((row, k) => {
    // Taken out first, so that what was bought again stands where it was bought last.
    latest.delete(row);
    latest.set(row, times[k]!);
  });
  return {
    rows: [...latest.keys()],
    weights: Array.from(latest.values(), (time) => faded(at - time, halfLifeDays)),
  };
}
