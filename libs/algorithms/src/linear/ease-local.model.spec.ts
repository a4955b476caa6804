import { Csr, StoppedError } from '@attune/numeric';
import { fitEase } from './ease.model.js';
import { easeLocalInterests, fitEaseLocal } from './ease-local.model.js';

/** 80 users × 15 items in three tastes, with some noise from a fixed rule; item 14 has nobody. */
function tastes(): { matrix: Csr; dense: number[][] } {
  const dense = Array.from({ length: 80 }, (_, user) =>
    Array.from({ length: 15 }, (_, item) => {
      if (item === 14) return 0;
      return (item % 3 === user % 3 ? (user * 7 + item * 5) % 4 !== 0 : (user + item) % 7 === 0) ? 1 : 0;
    }),
  );
  const rows = dense.flatMap((line, user) => line.flatMap((x) => (x ? [user] : [])));
  const cols = dense.flatMap((line) => line.flatMap((x, item) => (x ? [item] : [])));
  return { matrix: Csr.fromTriplets({ rows, cols }, 80, 15), dense };
}

const denseOf = (weights: Csr): number[][] =>
  Array.from({ length: weights.rows }, (_, i) => {
    const line = Array<number>(weights.cols).fill(0);
    weights.row(i).indices.forEach((j, k) => (line[j] = weights.row(i).values[k]!));
    return line;
  });

describe('local EASE', () => {
  it('is EASE where every item that shares a user is near', () => {
    const { matrix } = tastes();
    const penalty = { lambda: 5, dropout: 0.4, popularityPower: 0.2 };
    const exact = fitEase(matrix, penalty);
    const local = denseOf(fitEaseLocal(matrix, { ...penalty, neighbors: 15 }).weights);
    local.forEach((line, i) => line.forEach((weight, j) => expect(weight).toBeCloseTo(exact[i * 15 + j]!, 5)));
  });

  it('is the minimum of the loss over the nearest items', () => {
    const { matrix, dense } = tastes();
    const weights = denseOf(fitEaseLocal(matrix, { lambda: 5, neighbors: 4 }).weights);
    const loss = (j: number, column: number[]): number =>
      dense.reduce((sum, line) => sum + (line[j]! - column.reduce((p, w, i) => p + w * line[i]!, 0)) ** 2, 0) +
      5 * column.reduce((sum, w) => sum + w * w, 0);
    for (let j = 0; j < 14; j++) {
      const column = weights.map((line) => line[j]!);
      const support = [...column.keys()].filter((i) => column[i] !== 0);
      expect(support).toHaveLength(4);
      expect(column[j]).toBe(0);
      const least = loss(j, column);
      for (const i of support)
        for (const step of [-0.01, 0.01]) {
          const moved = column.map((w, at) => (at === i ? w + step : w));
          expect(loss(j, moved)).toBeGreaterThan(least);
        }
    }
  });

  it('stays finite where cosines are left out', () => {
    const { matrix } = tastes();
    const { weights } = fitEaseLocal(matrix, { lambda: 0.01, neighbors: 5, cosines: 5 });
    expect(weights.values.every((weight) => Math.abs(weight) < 10)).toBe(true);
  });

  it('folds a history in', () => {
    const { matrix } = tastes();
    const model = fitEaseLocal(matrix, { lambda: 5, neighbors: 6 });
    const weights = denseOf(model.weights);
    const interests = easeLocalInterests(model, { rows: [0, 3, -1, 15], weights: [1, 0.5, 9, 9] });
    for (let j = 0; j < 15; j++) expect(interests[j]).toBeCloseTo(weights[0]![j]! + 0.5 * weights[3]![j]!, 6);
  });

  it('reports every step up to the total, stops, and takes any log', () => {
    const { matrix } = tastes();
    const seen: [number, number][] = [];
    fitEaseLocal(matrix, { lambda: 5, progress: (done, total) => seen.push([done, total]) });
    expect(seen).toEqual([0, 15, 15, 30].map((done) => [done, 30]));
    for (let after = 0; after < 4; after++) {
      let calls = 0;
      expect(() => fitEaseLocal(matrix, { lambda: 5, shouldStop: () => calls++ === after })).toThrow(StoppedError);
    }
    expect(fitEaseLocal(Csr.fromTriplets({ rows: [], cols: [] }, 0, 2), { lambda: 1 }).weights.entries).toBe(0);
    expect(fitEaseLocal(Csr.fromTriplets({ rows: [0], cols: [0] }, 1, 1), { lambda: 1 }).weights.entries).toBe(0);
  });

  it('refuses bad options', () => {
    const { matrix } = tastes();
    expect(() => fitEaseLocal(matrix, { lambda: 0 })).toThrow('lambda must be above 0, got 0');
    expect(() => fitEaseLocal(matrix, { lambda: 1, neighbors: 0 })).toThrow('neighbors must be >= 1, got 0');
    expect(() => fitEaseLocal(matrix, { lambda: 1, neighbors: 9, cosines: 8 })).toThrow(
      new RangeError('cosines must be at least the 9 neighbors, got 8'),
    );
  });
});
