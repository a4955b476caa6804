import type { Objective } from './objective.js';
import { type ScoreOrder, orderByScore } from './score.order.js';
import type { RankingData } from './training-rows.js';

export interface LambdaRankRules {
  /** k of the NDCG that is reported and watched, >= 1. */
  readonly at: number;
  /** Pairs count where at least one of the two is among so many best, >= 1. A little above `at` is usual. */
  readonly truncation: number;
  /** Whether groups count more alike: see `LambdaRank`. */
  readonly normalize: boolean;
}

/** Scores further apart than this are certain: 1 / (1 + e^16) is 1e-7. */
const FARTHEST = 16;
const STEPS_PER_UNIT = 256;
/** Keeps a pair of equal scores finite where pairs are divided by their distance. */
const NEAREST = 0.01;

/** 1 / (1 + e^x) at x = 0, 1/256 … 16; read between the lines to 2e-7, at a third of the cost of `Math.exp`. */
const LOSING = Float64Array.from({ length: FARTHEST * STEPS_PER_UNIT + 2 }, (_, i) => {
  return 1 / (1 + Math.exp(i / STEPS_PER_UNIT));
});

/**
 * LambdaRank (Burges 2010, "From RankNet to LambdaRank to LambdaMART"): for each pair of a group of which a is better
 * than b, the loss |ΔNDCG| log(1 + e^(s_b − s_a)), where ΔNDCG is by how much NDCG changes when the two change places
 * in the order of the current scores. The gain of a grade is 2^grade − 1, the discount of place p = 1, 2 … is
 * 1 / log2(p + 1).
 *
 * With `normalize`, ΔNDCG of a pair is divided by .01 + |s_a − s_b|, and the derivatives of a group by λ / log2(1 + λ),
 * λ the sum of their absolute values, as LightGBM does, so that groups with many pairs do not outweigh the others.
 *
 * The loss reported is 1 − NDCG@at, a mean over the groups whose grades differ. Rows of equal scores share the mean
 * of their gains (McSherry and Najork 2008), so that the order in which rows are given tells nothing.
 */
export class LambdaRank implements Objective {
  readonly start = 0;
  private readonly groups: Int32Array;
  private readonly gains: Float64Array;
  private readonly discounts: Float64Array;
  /** 1 / the best DCG of a group, 0 where every order is as good: at `truncation`, and at `at`. */
  private readonly scales: Float64Array;
  private readonly lossScales: Float64Array;
  /** Rows of each group, in the order of the last scores. */
  private readonly order: Int32Array;
  private readonly spare: Int32Array;
  /** Of one group, in the order of its scores. */
  private readonly sorted: {
    gains: Float64Array;
    scores: Float64Array;
    gradients: Float64Array;
    hessians: Float64Array;
  };

  constructor(
    { grades, groups }: RankingData,
    private readonly rules: LambdaRankRules,
  ) {
    const longest = groups.reduce((most, from, g) => Math.max(most, g === 0 ? 0 : from - groups[g - 1]!), 0);
    this.groups = groups;
    this.gains = Float64Array.from(grades, (grade) => 2 ** grade - 1);
    this.discounts = Float64Array.from({ length: longest }, (_, place) => 1 / Math.log2(place + 2));
    this.scales = this.bestScales(rules.truncation);
    this.lossScales = this.bestScales(rules.at);
    this.order = Int32Array.from(grades.keys());
    this.spare = new Int32Array(longest);
    const room = (): Float64Array => new Float64Array(longest);
    this.sorted = { gains: room(), scores: room(), gradients: room(), hessians: room() };
  }

  loss(scores: Float64Array): number {
    let sum = 0;
    let counted = 0;
    this.eachGroup(scores, this.lossScales, (from, to, scale) => {
      sum += this.dcg(scores, from, to) * scale;
      counted++;
    });
    return counted === 0 ? 0 : 1 - sum / counted;
  }

  derive(scores: Float64Array, gradients: Float64Array, hessians: Float64Array): void {
    const { order, sorted } = this;
    gradients.fill(0);
    hessians.fill(0);
    this.eachGroup(scores, this.scales, (from, to, scale) => {
      const factor = this.deriveGroup(scores, order.subarray(from, to), scale);
      for (let i = from; i < to; i++) {
        gradients[order[i]!] = sorted.gradients[i - from]! * factor;
        hessians[order[i]!] = sorted.hessians[i - from]! * factor;
      }
    });
  }

  /** Visits the groups whose scale is above 0, their rows in order. */
  private eachGroup(
    scores: Float64Array,
    scales: Float64Array,
    visit: (from: number, to: number, scale: number) => void,
  ): void {
    const what: ScoreOrder = { order: this.order, spare: this.spare, scores };
    for (let g = 0; g < scales.length; g++) {
      if (scales[g] === 0) continue;
      orderByScore(what, this.groups[g]!, this.groups[g + 1]!);
      visit(this.groups[g]!, this.groups[g + 1]!, scales[g]!);
    }
  }

  /** DCG@at of a group in order, in which equal scores share their gains. */
  private dcg(scores: Float64Array, from: number, to: number): number {
    const { order, gains, discounts } = this;
    const end = Math.min(to, from + this.rules.at);
    let sum = 0;
    for (let tie = from; tie < end;) {
      let next = tie;
      let gain = 0;
      let discount = 0;
      for (; next < to && scores[order[next]!] === scores[order[tie]!]; next++) {
        gain += gains[order[next]!]!;
        if (next < end) discount += discounts[next - from]!;
      }
      sum += (gain / (next - tie)) * discount;
      tie = next;
    }
    return sum;
  }

  /** Writes the derivatives of a group to `sorted`; returns what they are to be multiplied by. */
  private deriveGroup(scores: Float64Array, rows: Int32Array, scale: number): number {
    const { truncation, normalize } = this.rules;
    const { sorted, gains } = this;
    for (let i = 0; i < rows.length; i++) {
      sorted.gains[i] = gains[rows[i]!]!;
      sorted.scores[i] = scores[rows[i]!]!;
    }
    sorted.gradients.fill(0, 0, rows.length);
    sorted.hessians.fill(0, 0, rows.length);
    const apart = normalize && sorted.scores[0]! !== sorted.scores[rows.length - 1]!;
    const end = Math.min(truncation, rows.length - 1);
    let total = 0;
    for (let i = 0; i < end; i++) total += this.derivePairs(i, rows.length, scale, apart);
    return normalize && total > 0 ? Math.log2(1 + total) / total : 1;
  }

  /** Adds the pairs of the row at place i with all after it; returns the sum of the absolute gradients. */
  private derivePairs(i: number, rows: number, scale: number, apart: boolean): number {
    const { discounts } = this;
    const { gains, scores, gradients, hessians } = this.sorted;
    const gain = gains[i]!;
    const score = scores[i]!;
    const discount = discounts[i]!;
    let ownGradient = 0;
    let ownHessian = 0;
    let total = 0;
    for (let j = i + 1; j < rows; j++) {
      const better = gain - gains[j]!;
      if (better === 0) continue;
      const distance = score - scores[j]!;
      const x = Math.min(distance, FARTHEST) * STEPS_PER_UNIT;
      const at = x | 0;
      const losing = LOSING[at]! + (x - at) * (LOSING[at + 1]! - LOSING[at]!);
      let weight = better * (discount - discounts[j]!) * scale;
      if (apart) weight /= NEAREST + distance;
      // Where the row at i is the worse one, `weight` is negative and the chance of the wrong order is 1 − losing.
      const lambda = better > 0 ? weight * losing : weight * (1 - losing);
      const hessian = Math.abs(lambda) * (better > 0 ? 1 - losing : losing);
      ownGradient -= lambda;
      gradients[j]! += lambda;
      ownHessian += hessian;
      hessians[j]! += hessian;
      total += Math.abs(lambda);
    }
    gradients[i]! += ownGradient;
    hessians[i]! += ownHessian;
    return 2 * total;
  }

  private bestScales(places: number): Float64Array {
    const { groups, gains, discounts } = this;
    return Float64Array.from({ length: groups.length - 1 }, (_, g) => {
      const best = gains
        .slice(groups[g], groups[g + 1])
        .sort()
        .reverse();
      const end = Math.min(places, best.length);
      let dcg = 0;
      for (let place = 0; place < end; place++) dcg += best[place]! * discounts[place]!;
      return best[0]! > best.at(-1)! ? 1 / dcg : 0;
    });
  }
}
