import fc from 'fast-check';
import { hitRate, listMetrics, mrr, ndcg, overlap, recall } from './metrics.js';

const wanted = new Set(['b', 'd', 'z']);
const ids = ['a', 'b', 'c', 'd'];

describe('known answers', () => {
  it('of a list with hits at places 2 and 4, three items wanted', () => {
    expect(hitRate(ids, wanted, 4)).toBe(1);
    expect(recall(ids, wanted, 4)).toBeCloseTo(2 / 3, 12);
    expect(mrr(ids, wanted, 4)).toBe(1 / 2);
    // 1 / log2(3) + 1 / log2(5), over 1 + 1 / log2(3) + 1 / log2(4).
    expect(ndcg(ids, wanted, 4)).toBeCloseTo((0.6309297535714574 + 0.43067655807339306) / 2.1309297535714574, 12);
  });

  it('look at the first k only, and ask for no more than k', () => {
    expect(listMetrics(ids, wanted, 1)).toEqual({ hitRate: 0, recall: 0, ndcg: 0, mrr: 0 });
    expect(recall(['b', 'd'], wanted, 2)).toBe(1);
    expect(ndcg(['d', 'b'], wanted, 2)).toBe(1);
  });

  it('are 0 where nothing is wanted, or nothing was shown', () => {
    for (const metrics of [listMetrics(ids, new Set(), 10), listMetrics([], wanted, 10)])
      expect(metrics).toEqual({ hitRate: 0, recall: 0, ndcg: 0, mrr: 0 });
  });

  it('of overlap', () => {
    expect(overlap(['a', 'b'], ['b', 'c'], 10)).toBe(0.5);
    expect(overlap(['a', 'b', 'c'], ['b', 'a', 'x'], 2)).toBe(1);
    expect(overlap([], [], 10)).toBe(1);
    expect(overlap(['a'], [], 10)).toBe(0);
  });
});

it('lies in 0..1, and a wanted item moved up never costs anything', () => {
  const lists = fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(lists, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), fc.nat(), (all, flags, at) => {
      const some = new Set(all.filter((_, i) => flags[i]));
      const before = listMetrics(all, some, 10);
      for (const value of Object.values(before)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }
      const place = 1 + (at % (all.length - 1));
      const [above, below] = [all[place - 1]!, all[place]!];
      if (some.has(above) || !some.has(below)) return;
      const swapped = all.with(place - 1, below).with(place, above);
      const after = listMetrics(swapped, some, 10);
      for (const name of ['hitRate', 'recall', 'ndcg', 'mrr'] as const)
        expect(after[name]).toBeGreaterThanOrEqual(before[name]);
    }),
  );
});
