import * as fc from 'fast-check';
import { editsBetween } from './edits.js';
import { SortedWords, type WordRange } from './sorted-words.js';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 7 });
const words = fc.array(word, { maxLength: 40 });
const bound = fc.constantFrom(0, 1, 2);

const listed = (sorted: SortedWords, ranges: readonly WordRange[]): (readonly [string, number])[] =>
  ranges.flatMap(({ from, to, edits }) => sorted.words.slice(from, to).map((one) => [one, edits] as const));

const startsOf = (text: string): string[] => Array.from({ length: text.length + 1 }, (_, end) => text.slice(0, end));

describe('SortedWords', () => {
  it('finds words and beginnings', () => {
    const sorted = new SortedWords(['lunch', 'box', 'lunchbox', 'lung', 'lunch']);
    expect(sorted.words).toEqual(['box', 'lunch', 'lunchbox', 'lung']);
    expect(sorted.row('lunchbox')).toBe(2);
    expect(sorted.row('lun')).toBe(-1);
    expect(sorted.startingWith('lunch')).toEqual({ from: 1, to: 3, edits: 0 });
    expect(sorted.startingWith('')).toEqual({ from: 0, to: 4, edits: 0 });
    expect(sorted.startingWith('x')).toMatchObject({ from: 4, to: 4 });
  });

  it('finds the near words, as comparing with each one does', () => {
    fc.assert(
      fc.property(words, word, bound, (all, typed, most) => {
        const sorted = new SortedWords(all);
        const expected = sorted.words.map((one) => [one, editsBetween(typed, one, most)] as const);
        expect(listed(sorted, sorted.near(typed, most))).toEqual(expected.filter(([, edits]) => edits <= most));
      }),
      { numRuns: 500 },
    );
  });

  it('finds words with a near beginning, as comparing with each beginning does', () => {
    fc.assert(
      fc.property(words, word, bound, (all, typed, most) => {
        const sorted = new SortedWords(all);
        const expected = sorted.words.map((one) => {
          const edits = Math.min(...startsOf(one).map((start) => editsBetween(typed, start, most)));
          return [one, edits] as const;
        });
        expect(listed(sorted, sorted.nearStart(typed, most))).toEqual(expected.filter(([, edits]) => edits <= most));
      }),
      { numRuns: 500 },
    );
  });

  it('cuts endless words', () => {
    const sorted = new SortedWords(['x'.repeat(100), 'x'.repeat(99)]);
    expect(sorted.words).toEqual(['x'.repeat(48)]);
    expect(sorted.near('x'.repeat(1000), 2)).toHaveLength(1);
  });
});
