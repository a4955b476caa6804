import { topK } from '@attune/numeric';
import { estimate, type Estimate } from './bootstrap.js';
import {
  averagePrecisionAt,
  hitRateAt,
  ndcgAt,
  precisionAt,
  recallAt,
  recallOfAllAt,
  reciprocalRankAt,
  type Found,
} from './place.metrics.js';
import { EXCLUDED, targetPlaces, UNWANTED, WANTED } from './target-places.kernel.js';

/** One user of a full ranking. */
export interface RankedUser {
  /** [items] One a row of the catalogue; NaN is no opinion, and ranks below every score. */
  readonly scores: ArrayLike<number>;
  /** Rows to be found, at least one. One that is excluded, or outside the catalogue (such as −1), is a miss. */
  readonly wanted: ArrayLike<number>;
  /** Rows that are not ranked, such as the user's history. Default none. */
  readonly excluded?: ArrayLike<number>;
}

/** Metrics at a cut k, reported as `name@k`. */
const AT_CUT = {
  hitRate: hitRateAt,
  precision: precisionAt,
  recall: recallAt,
  recallOfAll: recallOfAllAt,
  map: averagePrecisionAt,
  mrr: reciprocalRankAt,
  ndcg: ndcgAt,
} as const;

/** What is known of one user. */
interface Judged extends Found {
  readonly auc: number;
}

/** One metric: its values so far, and how the next is had. */
interface Column {
  readonly values: number[];
  readonly of: (judged: Judged) => number;
}

/**
 * Ranks wanted rows against the whole catalogue, user by user, without sorting it: one pass over the scores counts what
 * is above each wanted row. There are no sampled negatives (Krichene and Rendle, KDD 2020).
 *
 * Rows of equal score take the places they would have on average if ties were broken by chance: one wanted row that
 * ties with u others is at 1 + (rows above) + u / 2. A model that gives every item one score gains nothing by it.
 *
 * Metrics: `hitRate`, `precision`, `recall`, `recallOfAll`, `map`, `mrr` and `ndcg` at each cut, such as `ndcg@10`, by
 * the formulas of the functions of lists; and `auc`, the share of pairs of a wanted and an unwanted row that are in
 * order, a tie counting half (0..1; .5 by chance, or where nothing is unwanted; Rendle et al., UAI 2009).
 */
export class FullRanking {
  private readonly marks: Uint8Array;
  private readonly columns = new Map<string, Column>();

  /** `items`: rows of the catalogue. `cuts`: such as [10, 100]. Throws RangeError for cuts or items below 1. */
  constructor(
    private readonly items: number,
    cuts: readonly number[],
  ) {
    if (!(items >= 1)) throw new RangeError(`a catalogue of ${items} items cannot be ranked`);
    const bad = cuts.find((k) => !(k >= 1));
    if (bad !== undefined) throw new RangeError(`a list cannot be cut at ${bad}`);
    this.marks = new Uint8Array(items).fill(UNWANTED);
    for (const k of cuts)
      for (const [name, metric] of Object.entries(AT_CUT))
        this.columns.set(`${name}@${k}`, { values: [], of: (judged) => metric(judged, k) });
    this.columns.set('auc', { values: [], of: ({ auc }) => auc });
  }

  /** Names of the metrics. */
  get names(): readonly string[] {
    return [...this.columns.keys()];
  }

  /** Ranks one more user. Throws RangeError where nothing is wanted, or the scores are not of the catalogue. */
  add({ scores, wanted, excluded = [] }: RankedUser): void {
    this.check(scores);
    if (wanted.length === 0) throw new RangeError('a user who wants nothing cannot be ranked: leave them out');
    this.mark(excluded, EXCLUDED);
    const { rows, missing } = this.markWanted(wanted);
    const targets = Float64Array.from(rows, (row) => scores[row]!).filter((score) => !Number.isNaN(score));
    const { places, pairs, unwanted } = targetPlaces(targets.sort(), scores, this.marks);
    const all = rows.length + missing;
    const judged = { places, wanted: all, auc: unwanted === 0 ? 0.5 : pairs / (all * unwanted) };
    for (const { values, of } of this.columns.values()) values.push(of(judged));
    this.mark(rows, UNWANTED);
    this.mark(excluded, UNWANTED);
  }

  /** The rows that a user would be shown: `k` of the highest scores, best first, ties in the order of rows. */
  slate({ scores, excluded = [] }: Omit<RankedUser, 'wanted'>, k: number): Uint32Array {
    this.check(scores);
    this.mark(excluded, EXCLUDED);
    const rows = topK(scores, k, this.marks);
    this.mark(excluded, UNWANTED);
    return rows;
  }

  /** One value a user, in the order of adding. Throws RangeError for an unknown name. */
  values(name: string): readonly number[] {
    const column = this.columns.get(name);
    if (column === undefined) throw new RangeError(`there is no metric ${name}: there are ${this.names.join(', ')}`);
    return column.values;
  }

  /** Means over users with their 95 % intervals, by name. */
  estimates(seed?: number): Readonly<Record<string, Estimate>> {
    return Object.fromEntries([...this.columns].map(([name, { values }]) => [name, estimate(values, seed)]));
  }

  private check(scores: ArrayLike<number>): void {
    if (scores.length !== this.items)
      throw new RangeError(`${scores.length} scores are not of a catalogue of ${this.items} items`);
  }

  /** Rows outside the catalogue have no mark: a write to them does nothing. */
  private mark(rows: ArrayLike<number>, mark: number): void {
    for (let i = 0; i < rows.length; i++) this.marks[rows[i]!] = mark;
  }

  /** The wanted rows that are ranked, each once, and how many are not. */
  private markWanted(wanted: ArrayLike<number>): { readonly rows: readonly number[]; readonly missing: number } {
    const rows: number[] = [];
    let missing = 0;
    for (let i = 0; i < wanted.length; i++) {
      const row = wanted[i]!;
      const mark = this.marks[row];
      if (mark === UNWANTED) {
        this.marks[row] = WANTED;
        rows.push(row);
      } else if (mark !== WANTED) missing++;
    }
    return { rows, missing };
  }
}
