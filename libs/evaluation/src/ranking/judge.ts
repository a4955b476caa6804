import { FullRanking } from '../metrics/full-ranking.js';
import type { Options } from '../search/options.js';
import type { RankingCase } from './ranking.task.js';
import { toldHistory } from './recency.js';
import type { Recommender } from './recommender.learner.js';

/** Histories a model is asked about at once. */
const AT_ONCE = 128;

/** How a task is judged: the catalogue's size and the places at which lists are cut. */
export interface Ruler {
  readonly items: number;
  readonly metrics: readonly string[];
  /** Told the ten best rows of each case. Default: nobody is. */
  readonly onSlate?: (slate: Uint32Array, history: Int32Array) => void;
}

const SLATE = 10;

/** Asks a model every case and ranks what is wanted among all items but those left out: one figure a case, by metric. */
export async function judge(
  model: Recommender,
  cases: readonly RankingCase[],
  { items, metrics, onSlate }: Ruler,
  asking: Options = {},
): Promise<FullRanking> {
  const ranking = new FullRanking(items, [...new Set(metrics.map((name) => Number(name.split('@')[1])))]);
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    const some = cases.slice(from, from + AT_ONCE);
    const interests = await model.interests(some.map((one) => toldHistory(one, asking)));
    some.forEach(({ history, excluded = history, wanted }, i) => {
      const asked = { scores: interests[i]!, excluded };
      ranking.add({ ...asked, wanted });
      onSlate?.(ranking.slate(asked, SLATE), history);
    });
  }
  return ranking;
}
