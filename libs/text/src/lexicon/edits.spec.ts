import * as fc from 'fast-check';
import { editsBetween, editsToStart, typosAllowed } from './edits.js';

/** Optimal string alignment as the definition reads, without band or sharing. */
export function slowEdits(a: string, b: string): number {
  const table: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 0; j <= b.length; j++) table[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, table[i - 2]![j - 2]! + 1);
      table[i]![j] = edits;
    }
  }
  return table[a.length]![b.length]!;
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });

describe('editsBetween', () => {
  it.each([
    ['lunch', 'lunch', 0],
    ['lucnh', 'lunch', 1],
    ['lunsh', 'lunch', 1],
    ['lunchh', 'lunch', 1],
    ['unch', 'lunch', 1],
    ['ca', 'abc', Infinity],
    ['', 'ab', 2],
    ['ab', '', 2],
    ['abc', 'xyz', Infinity],
  ])('of %j and %j is %d', (a, b, edits) => expect(editsBetween(a, b, 2)).toBe(edits));

  it('is the whole table’s answer within the bound', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom(0, 1, 2, 3), (a, b, bound) => {
        const edits = slowEdits(a, b);
        expect(editsBetween(a, b, bound)).toBe(edits <= bound ? edits : Infinity);
      }),
      { numRuns: 500 },
    );
  });
});

describe('editsToStart', () => {
  it('is the fewest edits to any beginning, within the bound', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom(0, 1, 2), (typed, other, bound) => {
        const starts = Array.from({ length: other.length + 1 }, (_, end) => other.slice(0, end));
        const edits = Math.min(...starts.map((start) => slowEdits(typed, start)));
        expect(editsToStart(typed, other, bound)).toBe(edits <= bound ? edits : Infinity);
      }),
      { numRuns: 500 },
    );
  });
});

describe('typosAllowed', () => {
  it.each([
    ['red', 0],
    ['rose', 1],
    ['lunches', 1],
    ['umbrella', 2],
    ['85123a', 0],
    ['10cm', 0],
    ['', 0],
  ])('in %j are %d', (typed, typos) => expect(typosAllowed(typed)).toBe(typos));
});
