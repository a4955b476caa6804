import fc from 'fast-check';
import {
  averagePrecision,
  gradedNdcg,
  hitRate,
  listMetrics,
  mrr,
  ndcg,
  overlap,
  precision,
  recall,
  recallOfAll,
} from './list.metrics.js';

const wanted = new Set(['b', 'd', 'z']);
const ids = ['a', 'b', 'c', 'd'];

describe('known answers', () => {
  it('of a list with hits at places 2 and 4, three items wanted', () => {
    expect(hitRate(ids, wanted, 4)).toBe(1);
    expect(precision(ids, wanted, 4)).toBe(2 / 4);
    expect(recall(ids, wanted, 4)).toBeCloseTo(2 / 3, 12);
    expect(recallOfAll(ids, wanted, 4)).toBeCloseTo(2 / 3, 12);
    // (1 / 2 + 2 / 4) / 3.
    expect(averagePrecision(ids, wanted, 4)).toBeCloseTo(1 / 3, 12);
    expect(mrr(ids, wanted, 4)).toBe(1 / 2);
    // 1 / log2(3) + 1 / log2(5), over 1 + 1 / log2(3) + 1 / log2(4).
    expect(ndcg(ids, wanted, 4)).toBeCloseTo((0.6309297535714574 + 0.43067655807339306) / 2.1309297535714574, 12);
  });

  it('look at the first k only, and ask for no more than k, but where the name says so', () => {
    expect(listMetrics(ids, wanted, 1)).toEqual({ hitRate: 0, recall: 0, ndcg: 0, mrr: 0 });
    expect(recall(['b', 'd'], wanted, 2)).toBe(1);
    expect(averagePrecision(['b', 'd'], wanted, 2)).toBe(1);
    expect(ndcg(['d', 'b'], wanted, 2)).toBe(1);
    expect(recallOfAll(['b', 'd'], wanted, 2)).toBeCloseTo(2 / 3, 12);
  });

  it('count a list shorter than k as one that fills no further place', () => {
    expect(precision(['b'], wanted, 4)).toBe(1 / 4);
    expect(recall(['b'], wanted, 4)).toBeCloseTo(1 / 3, 12);
  });

  it('are 0 where nothing is wanted, or nothing was shown', () => {
    for (const [list, some] of [
      [ids, new Set<string>()],
      [[], wanted],
    ] as const) {
      expect(listMetrics(list, some, 10)).toEqual({ hitRate: 0, recall: 0, ndcg: 0, mrr: 0 });
      for (const metric of [precision, recallOfAll, averagePrecision]) expect(metric(list, some, 10)).toBe(0);
    }
  });

  it('of rows, which are numbers', () => {
    expect(ndcg([7, 3], new Set([3]), 2)).toBeCloseTo(0.6309297535714574, 12);
  });

  it('of grades: gains 7, 0, 3 at places 1 to 3 and a best order 7, 3, 1', () => {
    const grades = new Map([
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ]);
    // (7 + 3 / 2) / (7 + 3 / log2(3) + 1 / 2).
    expect(gradedNdcg(['a', 'x', 'b'], grades, 3)).toBeCloseTo(8.5 / (7.5 + 3 * 0.6309297535714574), 12);
    expect(gradedNdcg(['a', 'b'], grades, 2)).toBe(1);
    expect(gradedNdcg(['a'], new Map([['a', 0]]), 2)).toBe(0);
  });

  it('of overlap', () => {
    expect(overlap(['a', 'b'], ['b', 'c'], 10)).toBe(0.5);
    expect(overlap(['a', 'b', 'c'], ['b', 'a', 'x'], 2)).toBe(1);
    expect(overlap([], [], 10)).toBe(1);
    expect(overlap(['a'], [], 10)).toBe(0);
  });
});

it('gives the same for grades of 1 as for a set', () => {
  const lists = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lists, lists, fc.integer({ min: 1, max: 25 }), (list, some, k) => {
      const grades = new Map(some.map((id) => [id, 1]));
      expect(gradedNdcg(list, grades, k)).toBeCloseTo(ndcg(list, new Set(some), k), 12);
    }),
  );
});

it('lies in 0..1, and a wanted item moved up never costs anything', () => {
  const all = { hitRate, precision, recall, recallOfAll, averagePrecision, mrr, ndcg };
  const lists = fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(lists, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), fc.nat(), (list, flags, at) => {
      const some = new Set(list.filter((_, i) => flags[i]));
      const place = 1 + (at % (list.length - 1));
      const [above, below] = [list[place - 1]!, list[place]!];
      const moves = !some.has(above) && some.has(below);
      const swapped = list.with(place - 1, below).with(place, above);
      for (const metric of Object.values(all)) {
        const before = metric(list, some, 10);
        expect(before).toBeGreaterThanOrEqual(0);
        expect(before).toBeLessThanOrEqual(1 + 1e-12);
        if (moves) expect(metric(swapped, some, 10)).toBeGreaterThanOrEqual(before);
      }
    }),
  );
});
