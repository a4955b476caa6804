import fc from 'fast-check';
import { occurrencesOf } from './occurrences.js';
import { catalogueCoverage, exposureGini, intraListDiversity, personalization } from './variety.metrics.js';

const slates = occurrencesOf([
  ['a', 'b'],
  ['a', 'c'],
  ['a', 'b'],
]);

it('counts occurrences', () => {
  expect([slates.size, slates.total, slates.of('a'), slates.of('z')]).toEqual([3, 6, 3, 0]);
  expect([...slates.counts]).toEqual([
    ['a', 3],
    ['b', 2],
    ['c', 1],
  ]);
});

describe('catalogueCoverage', () => {
  it('is the share of items that anybody was shown', () => {
    expect(catalogueCoverage(slates, 12)).toBe(3 / 12);
    expect(catalogueCoverage(occurrencesOf([]), 12)).toBe(0);
    expect(() => catalogueCoverage(slates, 2)).toThrow('3 items are shown of a catalogue of 2');
    expect(() => catalogueCoverage(occurrencesOf([]), 0)).toThrow(RangeError);
  });
});

describe('exposureGini', () => {
  it('counts the items that were never shown', () => {
    // Counts 0, 1, 2, 3: (−3·0 − 1·1 + 1·2 + 3·3) / (4·6).
    expect(exposureGini(slates, 4)).toBeCloseTo(10 / 24, 12);
    expect(exposureGini(occurrencesOf([[1], [2]]), 2)).toBe(0);
    expect(exposureGini(occurrencesOf([[1], [1]]), 10)).toBeCloseTo(0.9, 12);
    expect(exposureGini(occurrencesOf([]), 10)).toBe(0);
  });

  it('is the mean difference of two items over twice the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(9)), { minLength: 1 }), (lists) => {
        const shown = occurrencesOf(lists.map((list) => new Set(list)));
        fc.pre(shown.total > 0);
        const counts = Array.from({ length: 12 }, (_, id) => shown.of(id));
        const gaps = counts.flatMap((a) => counts.map((b) => Math.abs(a - b))).reduce((sum, gap) => sum + gap, 0);
        expect(exposureGini(shown, 12)).toBeCloseTo(gaps / (2 * 12 * shown.total), 12);
      }),
    );
  });
});

describe('personalization', () => {
  it('is one less the mean share of what two slates have in common', () => {
    // Pairs share 1, 2 and 1 of 2 items.
    expect(personalization(slates)).toBeCloseTo(1 - (0.5 + 1 + 0.5) / 3, 12);
    expect(personalization(occurrencesOf([[1], [2]]))).toBe(1);
    expect(
      personalization(
        occurrencesOf([
          [1, 2],
          [2, 1],
        ]),
      ),
    ).toBe(0);
  });

  it('is NaN where there are no pairs, or nothing is shown', () => {
    for (const lists of [[], [[1, 2]], [[], []]]) expect(personalization(occurrencesOf(lists))).toBeNaN();
  });
});

describe('intraListDiversity', () => {
  it('is one less the mean similarity of pairs', () => {
    const genre: Readonly<Record<string, string>> = { a: 'x', b: 'x', c: 'y' };
    const alike = (one: string, other: string): number => (genre[one] === genre[other] ? 1 : 0);
    expect(intraListDiversity(['a', 'b', 'c'], alike)).toBeCloseTo(2 / 3, 12);
    expect(intraListDiversity(['a', 'b'], alike)).toBe(0);
    expect(intraListDiversity(['a'], alike)).toBe(0);
  });
});
