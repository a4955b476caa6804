import { LambdaRank, type LambdaRankRules } from './lambdarank.objective.js';

const rules = (changes: Partial<LambdaRankRules> = {}): LambdaRankRules => ({
  at: 10,
  truncation: 30,
  normalize: false,
  ...changes,
});

function objective(grades: readonly number[], groups: readonly number[], changes: Partial<LambdaRankRules> = {}) {
  const data = { features: new Float32Array(grades.length), columns: 1 };
  return new LambdaRank(
    { ...data, grades: Float32Array.from(grades), groups: Int32Array.from(groups) },
    rules(changes),
  );
}

function derivatives(of: LambdaRank, scores: readonly number[]): { gradients: number[]; hessians: number[] } {
  const [gradients, hessians] = [new Float64Array(scores.length), new Float64Array(scores.length)];
  of.derive(Float64Array.from(scores), gradients, hessians);
  return { gradients: [...gradients], hessians: [...hessians] };
}

const discount = (place: number): number => 1 / Math.log2(place + 1);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** |ΔNDCG| of two rows that change places in the order of the scores. */
function deltaNdcg(grades: readonly number[], scores: readonly number[], a: number, b: number): number {
  const places = scores.map((score) => 1 + scores.filter((other) => other > score).length);
  const gains = grades.map((grade) => 2 ** grade - 1);
  const best = [...gains].sort((x, y) => y - x).reduce((sum, gain, i) => sum + gain * discount(i + 1), 0);
  return Math.abs((gains[a]! - gains[b]!) * (discount(places[a]!) - discount(places[b]!))) / best;
}

describe('LambdaRank', () => {
  it('pulls a pair apart by what changing places would bring: by hand', () => {
    const { gradients, hessians } = derivatives(objective([0, 2], [0, 2]), [0.5, -0.5]);
    // The better row is second: best DCG 3, |ΔNDCG| = 3 (1 − 1 / log2 3) / 3, wrong by chance 1 / (1 + e^−1).
    const delta = 1 - 1 / Math.log2(3);
    expect(gradients[1]).toBeCloseTo(-delta * 0.7310585786, 6);
    expect(gradients[0]).toBeCloseTo(delta * 0.7310585786, 6);
    expect(hessians[0]).toBeCloseTo(delta * 0.7310585786 * 0.2689414214, 6);
    expect(hessians[1]).toBe(hessians[0]);
  });

  it('is the derivative of the pairwise loss with ΔNDCG held fast: finite differences', () => {
    const grades = [0, 3, 1, 0, 2, 4, 0];
    const scores = [0.9, -0.2, 0.4, -1.3, 2.5, 0.1, -3];
    const weights = grades.map((_, a) => grades.map((_other, b) => deltaNdcg(grades, scores, a, b)));
    const loss = (at: readonly number[]): number => {
      let sum = 0;
      grades.forEach((high, a) =>
        grades.forEach((low, b) => (sum += high > low ? weights[a]![b]! * Math.log1p(Math.exp(at[b]! - at[a]!)) : 0)),
      );
      return sum;
    };
    const { gradients, hessians } = derivatives(objective(grades, [0, 7]), scores);
    const step = 1e-4;
    scores.forEach((score, row) => {
      const up = loss(scores.with(row, score + step));
      const down = loss(scores.with(row, score - step));
      expect(gradients[row]).toBeCloseTo((up - down) / (2 * step), 5);
      expect(hessians[row]).toBeCloseTo((up - 2 * loss(scores) + down) / step ** 2, 4);
    });
  });

  it('leaves out pairs of which neither is among the best', () => {
    const { gradients } = derivatives(objective([0, 0, 1, 0], [0, 4], { truncation: 1 }), [4, 3, 2, 1]);
    const delta = 1 - discount(3);
    expect(gradients[0]).toBeCloseTo(delta * sigmoid(2), 6);
    expect(gradients[2]).toBeCloseTo(-delta * sigmoid(2), 6);
    expect([gradients[1], gradients[3]]).toEqual([0, 0]);
  });

  it('normalizes as LightGBM does: by distance within a pair, by the sum of all within a group', () => {
    const scores = [0.5, -0.5];
    const plain = derivatives(objective([0, 2], [0, 2]), scores);
    const { gradients, hessians } = derivatives(objective([0, 2], [0, 2], { normalize: true }), scores);
    const sum = (2 * plain.gradients[0]!) / 1.01;
    expect(gradients[0]).toBeCloseTo(Math.log2(1 + sum) / 2, 9);
    expect(gradients[1]).toBeCloseTo(-Math.log2(1 + sum) / 2, 9);
    expect(hessians[0]).toBeCloseTo(((plain.hessians[0]! / 1.01) * Math.log2(1 + sum)) / sum, 9);
  });

  it('derives each group by itself, and nothing where all grades are equal', () => {
    const all = objective([1, 0, 2, 2, 0, 3, 1], [0, 2, 2, 4, 7]);
    const { gradients, hessians } = derivatives(all, [0, 1, 2, 3, 4, 5, 6]);
    const last = derivatives(objective([0, 3, 1], [0, 3]), [4, 5, 6]);
    expect([gradients.slice(4), hessians.slice(4)]).toEqual([last.gradients, last.hessians]);
    expect([...gradients.slice(2, 4), ...hessians.slice(2, 4)]).toEqual([0, 0, 0, 0]);
  });

  it('tells 1 − NDCG@k, a mean over groups whose grades differ', () => {
    const of = objective([0, 1, 2, 5, 5, 0, 0, 1], [0, 3, 5, 8], { at: 2 });
    const first = (1 + 3 * discount(2)) / (3 + discount(2));
    expect(of.loss(Float64Array.of(1, 3, 2, 1, 0, 9, 8, 7))).toBeCloseTo(1 - (first + 0) / 2, 12);
    expect(objective([1, 1], [0, 2]).loss(Float64Array.of(1, 2))).toBe(0);
  });

  it('lets equal scores share their gains, so that the order of rows tells nothing', () => {
    const tied = (1 + discount(2) + discount(3)) / 3;
    for (const grades of [
      [1, 0, 0],
      [0, 0, 1],
    ])
      expect(objective(grades, [0, 3]).loss(new Float64Array(3))).toBeCloseTo(1 - tied, 12);
    const cut = (1 + discount(2)) / 3;
    expect(objective([0, 1, 0], [0, 3], { at: 2 }).loss(new Float64Array(3))).toBeCloseTo(1 - cut, 12);
  });

  it('stays finite however far scores are apart', () => {
    const { gradients, hessians } = derivatives(objective([0, 1, 2], [0, 3]), [1e6, 0, -1e6]);
    expect([...gradients, ...hessians].every(Number.isFinite)).toBe(true);
    expect(gradients[2]).toBeLessThan(0);
  });
});
