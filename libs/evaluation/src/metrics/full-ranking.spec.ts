import fc from 'fast-check';
import { estimate, uniform } from './bootstrap.js';
import { auc } from './click.metrics.js';
import { FullRanking } from './full-ranking.js';
import { averagePrecision, hitRate, mrr, ndcg, precision, recall, recallOfAll } from './list.metrics.js';

const one = (scores: readonly number[], wanted: readonly number[], excluded: readonly number[] = []) => {
  const ranking = new FullRanking(scores.length, [1, 3]);
  ranking.add({ scores, wanted, excluded });
  return (name: string): number => ranking.values(name)[0]!;
};

describe('one wanted row', () => {
  it('is where the scores above it put it', () => {
    // Above row 3: rows 1 and 4; row 1 is excluded.
    const value = one([0.1, 0.9, 0.2, 0.5, 0.7], [3], [1]);
    expect(value('mrr@3')).toBe(1 / 2);
    expect(value('hitRate@1')).toBe(0);
    expect(value('ndcg@3')).toBeCloseTo(0.6309297535714574, 12);
    expect(value('auc')).toBeCloseTo(2 / 3, 12);
  });

  it('comes to the middle of those it ties with', () => {
    const value = one([1, 1, 1, 1, 1], [4]);
    expect(value('mrr@3')).toBe(1 / 3);
    expect(value('auc')).toBe(0.5);
    const between = one([1, 1, 0, 0], [0]);
    expect(between('hitRate@1')).toBe(0);
    expect(between('mrr@3')).toBeCloseTo(1 / 1.5, 12);
  });

  it.each([
    ['has no score', [NaN, 1, 2], [0], []],
    ['is excluded', [3, 1, 2], [0], [0]],
    ['is outside the catalogue', [3, 1, 2], [-1], []],
    ['is beyond the catalogue', [3, 1, 2], [3], []],
  ])('is a miss where it %s', (_, scores, wanted, excluded) => {
    const value = one(scores, wanted, excluded);
    expect([value('hitRate@3'), value('mrr@3'), value('auc')]).toEqual([0, 0, 0]);
  });
});

describe('several wanted rows', () => {
  it('count those that cannot be found as wanted all the same', () => {
    const value = one([4, 3, 2, 1], [0, -1, 2]);
    expect(value('recallOfAll@3')).toBeCloseTo(2 / 3, 12);
    expect(value('precision@3')).toBeCloseTo(2 / 3, 12);
    // Row 0 is above both unwanted rows, row 2 above one of them, the third above none.
    expect(value('auc')).toBeCloseTo(3 / 6, 12);
  });

  it('are not behind each other where they tie, and each counts once', () => {
    expect(one([5, 5, 1], [0, 1])('ndcg@3')).toBeCloseTo(1, 12);
    expect(one([5, 5, 1], [0, 1, 1])('precision@3')).toBeCloseTo(2 / 3, 12);
  });

  it('say .5 for AUC where nothing is unwanted', () => {
    expect(one([1, 2], [0, 1])('auc')).toBe(0.5);
  });
});

const names = { hitRate, precision, recall, recallOfAll, map: averagePrecision, mrr, ndcg };

it('equals the metrics of the sorted list where no scores tie', () => {
  const world = fc
    .integer({ min: 2, max: 30 })
    .chain((size) =>
      fc.tuple(
        fc.shuffledSubarray([...Array(size).keys()], { minLength: size }),
        fc.subarray([...Array(size).keys()]),
        fc.subarray([...Array(size).keys()], { minLength: 1 }),
      ),
    );
  fc.assert(
    fc.property(world, fc.integer({ min: 1, max: 12 }), ([scores, excluded, wanted], k) => {
      const ranking = new FullRanking(scores.length, [k]);
      ranking.add({ scores: Float32Array.from(scores), wanted, excluded });
      const ranked = [...scores.keys()]
        .filter((row) => !excluded.includes(row))
        .sort((a, b) => scores[b]! - scores[a]!);
      const some = new Set(wanted);
      for (const [name, metric] of Object.entries(names))
        expect(ranking.values(`${name}@${k}`)[0]).toBeCloseTo(metric(ranked, some, k), 12);
      expect([...ranking.slate({ scores, excluded }, k)]).toEqual(ranked.slice(0, k));
      if (wanted.some((row) => excluded.includes(row)) || wanted.length === ranked.length) return;
      const labels = ranked.map((row) => (some.has(row) ? 1 : 0));
      const rankedScores = ranked.map((row) => scores[row]!);
      expect(ranking.values('auc')[0]).toBeCloseTo(auc(rankedScores, labels), 12);
    }),
  );
});

it('puts tied rows at the places that chance would, on average', () => {
  const scores = [2, 1, 1, 1, 1, 1, 0];
  const wanted = [1, 4];
  const random = uniform(5);
  const sums = [0, 0];
  const runs = 20_000;
  for (let run = 0; run < runs; run++) {
    const luck = scores.map(() => random());
    const ranked = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || luck[a]! - luck[b]!);
    const places = wanted.map((row) => ranked.indexOf(row) + 1).sort((a, b) => a - b);
    places.forEach((place, i) => (sums[i]! += place));
  }
  const value = one(scores, wanted);
  // Two wanted and three unwanted rows tie below one: places 1 + 1 · 6 / 3 = 3 and 1 + 2 · 6 / 3 = 5.
  expect(sums.map((sum) => sum / runs)).toEqual([expect.closeTo(3, 1), expect.closeTo(5, 1)]);
  expect(value('mrr@3')).toBeCloseTo(1 / 3, 12);
  expect(value('map@3')).toBeCloseTo(1 / 3 / 2, 12);
});

it('leaves no trace of a user in the next', () => {
  const ranking = new FullRanking(3, [1]);
  ranking.add({ scores: [3, 2, 1], wanted: [1], excluded: [0] });
  ranking.add({ scores: [3, 2, 1], wanted: [0], excluded: [-1, 7] });
  ranking.slate({ scores: [3, 2, 1], excluded: [0, 1] }, 3);
  ranking.add({ scores: [3, 2, 1], wanted: [1] });
  expect(ranking.values('hitRate@1')).toEqual([1, 1, 0]);
  expect(ranking.estimates(7)['hitRate@1']).toEqual(estimate([1, 1, 0], 7));
  expect(Object.keys(ranking.estimates())).toEqual(ranking.names);
});

it('refuses what cannot be ranked', () => {
  expect(() => new FullRanking(0, [10])).toThrow('a catalogue of 0 items cannot be ranked');
  expect(() => new FullRanking(5, [10, 0])).toThrow('cut at 0');
  const ranking = new FullRanking(2, [1]);
  expect(() => ranking.add({ scores: [1], wanted: [0] })).toThrow('1 scores are not of a catalogue of 2 items');
  expect(() => ranking.add({ scores: [1, 2], wanted: [] })).toThrow('wants nothing');
  expect(() => ranking.values('ndcg@7')).toThrow('there is no metric ndcg@7: there are hitRate@1');
});
