import { Csr, StoppedError } from '@attune/numeric';
import fc from 'fast-check';
import { fitItemKnn, itemKnnInterests } from './item-knn.model.js';

/** Item 0 with users 0-3, item 1 with 0-1, item 2 with 3, item 3 with 4 alone. */
const matrix = Csr.fromTriplets({ rows: [0, 1, 2, 3, 0, 1, 3, 4], cols: [0, 0, 0, 0, 1, 1, 2, 3] }, 5, 4);

const listed = (neighbors: Csr, item: number): [number, number][] => {
  const { indices, values } = neighbors.row(item);
  return [...indices].map((other, i) => [other, Number(values[i]!.toFixed(5))]);
};

describe('item-kNN', () => {
  it('gives the known cosines, without the item itself', () => {
    const neighbors = fitItemKnn(matrix);
    expect(listed(neighbors, 0)).toEqual([
      [1, 0.70711],
      [2, 0.5],
    ]);
    expect(listed(neighbors, 1)).toEqual([[0, 0.70711]]);
    expect(listed(neighbors, 3)).toEqual([]);
  });

  it('shrinks by common users and keeps the best', () => {
    expect(listed(fitItemKnn(matrix, { shrinkage: 2, neighbors: 1 }), 0)).toEqual([
      [1, Number((2 / (Math.sqrt(8) + 2)).toFixed(5))],
    ]);
  });

  it('gives the known lifts, and leaves out what is met together too rarely', () => {
    // Items 0 and 1 share 2 of 5 users, who are 4 and 2; items 0 and 2 share 1, who are 4 and 1.
    const lift = fitItemKnn(matrix, { similarity: 'lift' });
    expect(listed(lift, 0)).toEqual([
      [1, (5 * 2) / (4 * 2)],
      [2, (5 * 1) / (4 * 1)],
    ]);
    const rare = fitItemKnn(matrix, { similarity: 'lift', shrinkage: 2, minCommon: 2 });
    expect(listed(rare, 0)).toEqual([[1, 1.25 / 2]]);
    expect(listed(rare, 2)).toEqual([]);
  });

  it('compares weighted columns', () => {
    // Users have 2, 2, 1, 2 and 1 of 4 items; items 0 and 1 share users 0 and 1.
    const [busy, light] = [Math.log(4 / 3), Math.log(4 / 2)];
    const lengths = [Math.hypot(busy, busy, light, busy), Math.hypot(busy, busy)];
    const [, similarity] = listed(fitItemKnn(matrix, { similarity: 'tfidf' }), 0)[0]!;
    expect(similarity).toBeCloseTo((2 * busy * busy) / (lengths[0]! * lengths[1]!), 5);
    // Totals are 4, 2, 1, 1, their mean 2.
    const weight = (total: number): number => (2.2 / (1.2 * (0.8 + (0.2 * total) / 2) + 1)) * busy;
    const [[other, product] = []] = listed(fitItemKnn(matrix, { similarity: 'bm25' }), 0);
    expect(other).toBe(1);
    expect(product).toBeCloseTo(2 * weight(4) * weight(2), 5);
  });

  it('equals dense cosines for weighted matrices of any sign', () => {
    const entry = fc.tuple(fc.nat(5), fc.nat(4), fc.integer({ min: -2, max: 2 }));
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const x = Array.from({ length: 6 }, () => Array<number>(5).fill(0));
        for (const [row, col, value] of entries) x[row]![col]! += value;
        const [rows, cols, values] = [0, 1, 2].map((part) => entries.map((e) => e[part]!));
        const neighbors = fitItemKnn(Csr.fromTriplets({ rows: rows!, cols: cols!, values: values! }, 6, 5), {
          shrinkage: 1,
        });
        const product = (i: number, j: number): number => x.reduce((sum, line) => sum + line[i]! * line[j]!, 0);
        for (let i = 0; i < 5; i++) {
          const expected = [0, 1, 2, 3, 4]
            .map((j) => [j, product(i, j) / (Math.sqrt(product(i, i)) * Math.sqrt(product(j, j)) + 1)] as const)
            .filter(([j, similarity]) => j !== i && similarity > 0);
          const { indices, values } = neighbors.row(i);
          expect([...indices]).toEqual(expected.map(([j]) => j));
          expected.forEach(([, similarity], at) => expect(values[at]).toBeCloseTo(similarity, 6));
        }
      }),
    );
  });

  it('folds a history in', () => {
    const neighbors = fitItemKnn(matrix);
    const interests = itemKnnInterests(neighbors, [1, 2, -1, 99], [2, 1, 5, 5]);
    expect([...interests].map((x) => Number(x.toFixed(5)))).toEqual([Number((Math.SQRT2 + 0.5).toFixed(5)), 0, 0, 0]);
  });

  it('reports, stops and refuses bad options', () => {
    const seen: number[] = [];
    fitItemKnn(matrix, { progress: (done, total) => seen.push(done / total) });
    expect(seen).toEqual([0, 1]);
    expect(() => fitItemKnn(matrix, { shouldStop: () => true })).toThrow(StoppedError);
    expect(() => fitItemKnn(matrix, { neighbors: 0 })).toThrow('neighbors must be >= 1, got 0');
    expect(() => fitItemKnn(matrix, { shrinkage: -1 })).toThrow('shrinkage must be >= 0, got -1');
  });
});
