import { Csr, NotPositiveDefiniteError, StoppedError } from '@attune/numeric';
import { easeInterests, fitEase } from './ease.model.js';

/** 60 users x 12 items in three tastes, with some noise from a fixed rule. */
function tastes(): { matrix: Csr; dense: number[][] } {
  const dense = Array.from({ length: 60 }, (_, user) =>
    Array.from({ length: 12 }, (_, item) =>
      (item % 3 === user % 3 ? (user * 7 + item * 5) % 4 !== 0 : (user + item) % 7 === 0) ? 1 : 0,
    ),
  );
  const rows = dense.flatMap((line, user) => line.flatMap((x) => (x ? [user] : [])));
  const cols = dense.flatMap((line) => line.flatMap((x, item) => (x ? [item] : [])));
  return { matrix: Csr.fromTriplets({ rows, cols }, 60, 12), dense };
}

/** |X - X B|^2 + Σ lambda_i |B_i|^2 in f64. */
function loss(dense: number[][], weights: ArrayLike<number>, lambda: (item: number) => number): number {
  let sum = 0;
  for (const line of dense)
    for (let j = 0; j < 12; j++) {
      const predicted = line.reduce((total, x, i) => total + x * weights[i * 12 + j]!, 0);
      sum += (line[j]! - predicted) ** 2;
    }
  for (let at = 0; at < 144; at++) sum += lambda(Math.floor(at / 12)) * weights[at]! ** 2;
  return sum;
}

describe('EASE', () => {
  it('gives the known answer for two items', () => {
    // Three users: both items, both items, the first alone. G = [[3, 2], [2, 2]], lambda = 1: P = [[3, -2], [-2, 4]] / 8.
    const matrix = Csr.fromTriplets({ rows: [0, 0, 1, 1, 2], cols: [0, 1, 0, 1, 0] }, 3, 2);
    const [a, b, c, d] = fitEase(matrix, { lambda: 1 });
    expect([a, d]).toEqual([0, 0]);
    expect(b).toBeCloseTo(2 / 4, 6);
    expect(c).toBeCloseTo(2 / 3, 6);
  });

  it.each([0, 0.5])('is the minimum of its loss over matrices with zero diagonal, dropout %d', (dropout) => {
    const { matrix, dense } = tastes();
    const users = dense[0]!.map((_, item) => dense.reduce((sum, line) => sum + line[item]!, 0));
    const lambda = (item: number): number => 5 + (dropout / (1 - dropout)) * users[item]!;
    const best = fitEase(matrix, { lambda: 5, dropout });
    const least = loss(dense, best, lambda);
    for (let at = 0; at < 144; at++) {
      if (at % 13 === 0) {
        expect(best[at]).toBe(0);
        continue;
      }
      for (const step of [-0.01, 0.01]) {
        const moved = Float64Array.from(best);
        moved[at]! += step;
        expect(loss(dense, moved, lambda)).toBeGreaterThan(least);
      }
    }
  });

  it('divides interest by a power of popularity', () => {
    const { matrix, dense } = tastes();
    const [plain, divided] = [fitEase(matrix, { lambda: 5 }), fitEase(matrix, { lambda: 5, popularityPower: 0.4 })];
    for (let j = 0; j < 12; j++) {
      const users = dense.reduce((sum, line) => sum + line[j]!, 0);
      for (let i = 0; i < 12; i++) expect(divided[i * 12 + j]).toBeCloseTo(plain[i * 12 + j]! / (users + 1) ** 0.4, 6);
    }
  });

  it('lets users with many items say less of each', () => {
    // Users have 1, 3 and 2 of three items, the mean is 2: with power 2 they count 4, 4/9 and 1.
    const rows = [0, 1, 1, 1, 2, 2];
    const matrix = Csr.fromTriplets({ rows, cols: [0, 0, 1, 2, 0, 1] }, 3, 3);
    const values = [2, 2 / 3, 2 / 3, 2 / 3, 1, 1];
    const weighted = Csr.fromTriplets({ rows, cols: [0, 0, 1, 2, 0, 1], values }, 3, 3);
    const [by, given] = [fitEase(matrix, { lambda: 1, activityPower: 2 }), fitEase(weighted, { lambda: 1 })];
    by.forEach((weight, at) => expect(weight).toBeCloseTo(given[at]!, 6));
  });

  it('folds a history in by rows and prefers its taste', () => {
    const { matrix } = tastes();
    const weights = fitEase(matrix, { lambda: 5 });
    const interests = easeInterests(weights, 12, [0, -1, 3, 12], [1, 9, 0.5, 9]);
    for (let j = 0; j < 12; j++) expect(interests[j]).toBeCloseTo(weights[j]! + 0.5 * weights[36 + j]!, 6);
    const unseen = [...interests.keys()].filter((item) => item !== 0 && item !== 3);
    expect(
      unseen
        .sort((a, b) => interests[b]! - interests[a]!)
        .slice(0, 2)
        .sort(),
    ).toEqual([6, 9]);
    expect([...easeInterests(weights, 12, [], [])]).toEqual(Array(12).fill(0));
    expect(() => easeInterests(weights, 5, [], [])).toThrow('144 weights are not 5 x 5');
  });

  it('reports every step up to the total, and stops on request', () => {
    const { matrix } = tastes();
    const seen: [number, number][] = [];
    fitEase(matrix, { lambda: 5, progress: (done, total) => seen.push([done, total]) });
    expect(seen.map(([done]) => done)).toEqual([0, 12, 12, 24]);
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([24]));
    for (let after = 0; after < 4; after++) {
      let calls = 0;
      expect(() => fitEase(matrix, { lambda: 5, shouldStop: () => calls++ === after })).toThrow(StoppedError);
    }
  });

  it('refuses bad penalties, too many items, and says which pivot failed', () => {
    const { matrix } = tastes();
    expect(() => fitEase(matrix, { lambda: 0 })).toThrow('lambda must be above 0, got 0');
    expect(() => fitEase(matrix, { lambda: 1, dropout: 1 })).toThrow('dropout must be >= 0 and below 1, got 1');
    expect(() => fitEase(matrix, { lambda: 1, popularityPower: -1 })).toThrow('popularityPower must be >= 0, got -1');
    const wide = Csr.fromTriplets({ rows: [], cols: [] }, 1, 10_001);
    expect(() => fitEase(wide, { lambda: 1 })).toThrow('EASE takes at most 10000 items, got 10001');
    const twins = Csr.fromTriplets({ rows: [0, 0, 1, 1], cols: [0, 1, 0, 1] }, 2, 2);
    expect(() => fitEase(twins, { lambda: 1e-9 })).toThrow(NotPositiveDefiniteError);
    expect(() => fitEase(twins, { lambda: 1e-9 })).toThrow('at pivot 1');
  });
});
