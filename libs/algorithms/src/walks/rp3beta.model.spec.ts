import { Csr, StoppedError } from '@attune/numeric';
import { fitRp3beta, rp3betaInterests } from './rp3beta.model.js';

const dense = [
  [1, 1, 0, 0],
  [1, 0, 1, 0],
  [1, 1, 1, 0],
  [0, 0, 2, 1],
];
const cells = dense.flatMap((line, row) => line.flatMap((value, col) => (value ? [{ row, col, value }] : [])));
const matrix = Csr.fromTriplets(
  { rows: cells.map((c) => c.row), cols: cells.map((c) => c.col), values: cells.map((c) => c.value) },
  4,
  5,
);

/** Item → user → item by its definition. */
function walk(from: number, to: number, alpha: number, beta: number): number {
  const column = (item: number): number => dense.reduce((sum, row) => sum + row[item]!, 0);
  const total = dense.reduce((sum, row) => {
    const length = row.reduce((all, value) => all + value, 0);
    return sum + (row[from]! / column(from)) ** alpha * (row[to]! / length) ** alpha;
  }, 0);
  return total / column(to) ** beta;
}

describe('RP3beta', () => {
  it.each([
    [1, 0],
    [0.7, 0.5],
  ])('is where walks of three steps end, alpha %d, beta %d', (alpha, beta) => {
    const { walks } = fitRp3beta(matrix, { alpha, beta });
    for (let from = 0; from < 4; from++) {
      const { indices, values } = walks.row(from);
      const reached = [0, 1, 2, 3].filter((to) => to !== from && walk(from, to, alpha, beta) > 0);
      expect([...indices]).toEqual(reached);
      reached.forEach((to, k) => expect(values[k]).toBeCloseTo(walk(from, to, alpha, beta), 5));
    }
    expect(walks.row(4).indices).toHaveLength(0);
  });

  it('folds a history in and keeps the best of each item', () => {
    const model = fitRp3beta(matrix, { alpha: 1, beta: 0, neighbors: 1 });
    const interests = rp3betaInterests(model, { rows: [1, 3, 9], weights: [2, 1, 5] });
    expect(interests[0]).toBeCloseTo(2 * walk(1, 0, 1, 0), 5);
    expect(interests[2]).toBeCloseTo(walk(3, 2, 1, 0), 5);
    expect(interests.filter((value) => value > 0)).toHaveLength(2);
  });

  it('reports, stops and refuses bad options', () => {
    const seen: number[] = [];
    fitRp3beta(matrix, { progress: (done) => seen.push(done) });
    expect(seen).toEqual([0, 5]);
    expect(() => fitRp3beta(matrix, { shouldStop: () => true })).toThrow(StoppedError);
    expect(() => fitRp3beta(matrix, { alpha: 0 })).toThrow(new RangeError('alpha must be above 0, got 0'));
    expect(() => fitRp3beta(matrix, { beta: -1 })).toThrow(new RangeError('beta must be >= 0, got -1'));
    const negative = Csr.fromTriplets({ rows: [0], cols: [0], values: [-2] }, 1, 1);
    expect(() => fitRp3beta(negative)).toThrow(new RangeError('entries of the matrix must be >= 0, got -2'));
    expect(fitRp3beta(Csr.fromTriplets({ rows: [], cols: [] }, 0, 3)).walks.entries).toBe(0);
  });
});
