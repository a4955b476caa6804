import { Csr } from '@attune/numeric';
import { fitUserKnn, userKnnInterests, type UserSimilarity } from './user-knn.model.js';

const ratings = [
  [5, 4, 1, 0, 3],
  [4, 5, 2, 1, 0],
  [1, 2, 5, 4, 0],
  [0, 0, 4, 5, 2],
  [3, 3, 0, 0, 0],
];

function sparse(dense: number[][]): Csr {
  const cells = dense.flatMap((line, row) => line.flatMap((value, col) => (value ? [{ row, col, value }] : [])));
  const [rows, cols] = [cells.map((c) => c.row), cells.map((c) => c.col)];
  return Csr.fromTriplets({ rows, cols, values: cells.map((c) => c.value) }, dense.length, dense[0]!.length);
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const product = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Pearson over common items with n − 1 shrunk by `shrinkage`, from its definition. */
function pearson(a: number[], b: number[], shrinkage: number): number {
  const common = a.flatMap((value, item) => (value && b[item] ? [item] : []));
  if (common.length < 2) return 0;
  const centered = (row: number[]): number[] => {
    const level = mean(common.map((item) => row[item]!));
    return common.map((item) => row[item]! - level);
  };
  const [x, y] = [centered(a), centered(b)];
  const lengths = Math.sqrt(product(x, x) * product(y, y));
  return lengths === 0 ? 0 : ((product(x, y) / lengths) * (common.length - 1)) / (common.length - 1 + shrinkage);
}

describe('user-kNN', () => {
  it('sums the rows of the nearest users by cosine', () => {
    const model = fitUserKnn(sparse(ratings));
    const person = [5, 5, 0, 0, 0];
    const cosines = ratings.map((row) => product(person, row) / (Math.hypot(...person) * Math.hypot(...row) + 2));
    // Users 4 and 1 before 0, 2 and 3.
    const best = [...cosines.keys()].sort((a, b) => cosines[b]! - cosines[a]!).slice(0, 2);
    const history = { rows: [0, 1, 7, -1], weights: [5, 5, 9, 9] };
    const interests = userKnnInterests(model, history, { neighbors: 2, shrinkage: 2, power: 2 });
    for (let item = 0; item < 5; item++)
      expect(interests[item]).toBeCloseTo(
        best.reduce((sum, user) => sum + cosines[user]! ** 2 * ratings[user]![item]!, 0),
        4,
      );
  });

  it('sums what ratings of correlated users are above their mean', () => {
    const model = fitUserKnn(sparse(ratings), 'pearson');
    const person = [5, 4, 2, 0, 0];
    const weights = ratings.map((row) => Math.max(0, pearson(person, row, 3)));
    const interests = userKnnInterests(model, { rows: [0, 1, 2], weights: [5, 4, 2] }, { shrinkage: 3 });
    for (let item = 0; item < 5; item++) {
      const expected = ratings.reduce((sum, row, user) => {
        const deviation = row[item] ? row[item]! - mean(row.filter((value) => value > 0)) : 0;
        return sum + weights[user]! * deviation;
      }, 0);
      expect(interests[item]).toBeCloseTo(expected, 5);
    }
    expect(weights.filter((weight) => weight > 0)).toHaveLength(2);
  });

  it('takes baselines off before it correlates', () => {
    const model = fitUserKnn(sparse(ratings), 'pearson-baseline');
    const { mean: level, itemBiases } = model.baselines;
    const residuals = (items: number[], values: number[]): number[] => {
      const above = items.map((item, k) => values[k]! - level - itemBiases[item]!);
      const bias = above.reduce((sum, value) => sum + value, 0) / (above.length + 15);
      return above.map((value) => value - bias);
    };
    const kept = ratings.map((row) => {
      const items = row.flatMap((value, item) => (value ? [item] : []));
      const own = residuals(
        items,
        items.map((item) => row[item]!),
      );
      return row.map((_, item) => own[items.indexOf(item)] ?? 0);
    });
    const person = residuals([0, 1, 2], [5, 4, 1]);
    const weights = kept.map((row) => {
      const common = [0, 1, 2].filter((item) => row[item] !== 0);
      const [x, y] = [common.map((item) => person[item]!), common.map((item) => row[item]!)];
      if (common.length < 2) return 0;
      const shrunk = (common.length - 1) / (common.length - 1 + 100);
      return Math.max(0, (product(x, y) / Math.sqrt(product(x, x) * product(y, y))) * shrunk);
    });
    const interests = userKnnInterests(model, { rows: [0, 1, 2], weights: [5, 4, 1] });
    for (let item = 0; item < 5; item++)
      expect(interests[item]).toBeCloseTo(
        kept.reduce((sum, row, user) => sum + weights[user]! * row[item]!, 0),
        5,
      );
    expect(interests[3]).toBeLessThan(0);
  });

  it('has no interests without a history or without users', () => {
    for (const similarity of ['cosine', 'pearson', 'pearson-baseline'] satisfies UserSimilarity[]) {
      expect([...userKnnInterests(fitUserKnn(sparse(ratings), similarity), { rows: [] })]).toEqual([0, 0, 0, 0, 0]);
      const nobody = fitUserKnn(Csr.fromTriplets({ rows: [], cols: [] }, 0, 2), similarity);
      expect([...userKnnInterests(nobody, { rows: [0] })]).toEqual([0, 0]);
    }
    // All that the only other user says is alike: there is nothing to correlate.
    const flat = fitUserKnn(sparse([[3, 3, 3]]), 'pearson');
    expect([...userKnnInterests(flat, { rows: [0, 1], weights: [1, 5] })]).toEqual([0, 0, 0]);
  });

  it('refuses bad options and entries', () => {
    const model = fitUserKnn(sparse(ratings));
    const ask = (options: object) => () => userKnnInterests(model, { rows: [0] }, options);
    expect(ask({ neighbors: 0 })).toThrow(new RangeError('neighbors must be >= 1, got 0'));
    expect(ask({ shrinkage: -1 })).toThrow(new RangeError('shrinkage must be >= 0, got -1'));
    expect(ask({ power: 0 })).toThrow(new RangeError('power must be above 0, got 0'));
    const odd = Csr.fromTriplets({ rows: [0], cols: [0], values: [NaN] }, 1, 1);
    expect(() => fitUserKnn(odd)).toThrow(new RangeError('entries of the matrix must be finite, got NaN'));
  });
});
