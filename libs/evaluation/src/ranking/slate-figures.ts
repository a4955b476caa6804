import { sequenceOf, userCount } from '@attune/algorithms';
import { meanOf } from '../metrics/bootstrap.js';
import { Occurrences } from '../metrics/occurrences.js';
import {
  groupShares,
  meanPopularity,
  novelty,
  popularityGroups,
  popularityPercentiles,
} from '../metrics/popularity.metrics.js';
import { catalogueCoverage, exposureGini, personalization } from '../metrics/variety.metrics.js';
import type { RankingTask } from './ranking.task.js';

/** What slates of a model are like, beside how often they hit. */
export interface SlateFigures {
  /** Share of the catalogue that is in any slate. */
  readonly coverage: number;
  /** Gini index of how often items are shown: 0 all alike, 1 one only. */
  readonly gini: number;
  /** How much the slates of two users differ: 0 not at all, 1 wholly. */
  readonly personalization: number;
  /** Mean self-information of what is shown, in bits. */
  readonly novelty: number;
  /** Mean popularity percentile of what is shown, less that of the histories. */
  readonly popularityBias: number;
  /** Shares of what is shown that are of the most popular and of the least popular items, a fifth of interactions each. */
  readonly head: number;
  readonly tail: number;
}

/** Collects slates. */
export class SlateTally {
  private readonly owned = new Occurrences<number>();
  private readonly shown = new Occurrences<number>();
  private readonly novelties: number[] = [];
  private readonly biases: number[] = [];
  private readonly percentiles: ReadonlyMap<number, number>;

  constructor(private readonly task: RankingTask) {
    for (let u = 0; u < userCount(task.log); u++) this.owned.add(new Set(sequenceOf(task.log, u)));
    this.percentiles = popularityPercentiles(this.owned);
  }

  add(slate: Iterable<number>, history: Iterable<number>): void {
    const rows = [...slate];
    this.shown.add(rows);
    this.novelties.push(novelty(rows, this.owned));
    this.biases.push(meanPopularity(rows, this.percentiles) - meanPopularity(history, this.percentiles));
  }

  figures(): SlateFigures {
    const items = this.task.itemIds.length;
    const { head, tail } = groupShares(this.shown, popularityGroups(this.owned));
    return {
      coverage: catalogueCoverage(this.shown, items),
      gini: exposureGini(this.shown, items),
      personalization: personalization(this.shown),
      novelty: meanOf(this.novelties),
      popularityBias: meanOf(this.biases),
      head,
      tail,
    };
  }
}
