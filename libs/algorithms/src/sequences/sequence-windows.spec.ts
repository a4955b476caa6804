import { sequencesOf } from '../data/sequences.js';
import { chunksOf, drawWindows, usersWithSteps } from './sequence-windows.js';
import { seeded } from '../testing/seeded.js';

const noShift = (): number => 0.99;
const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

describe('drawWindows', () => {
  it('has each step of each sequence in one window, the latest windows full', () => {
    const sequences = sequencesOf([range(23), [], [4], range(6), range(2)], 30);
    const windows = drawWindows(sequences, 5, noShift);
    const steps = windows.flatMap(({ from, to }) => range(to - from - 1).map((i) => from + i));
    // 22 steps are four windows of five, and two steps that are too few for one; users begin at 0, 23, 24 and 30.
    const expected = [...range(20).map((i) => i + 2), ...range(5).map((i) => i + 24), 30];
    expect(steps.sort((a, b) => a - b)).toEqual(expected);
    expect(windows.every(({ from, to }) => to - from <= 6)).toBe(true);
  });

  it('leaves out up to half a window of the end of some longer sequences', () => {
    const sequences = sequencesOf([range(100)], 100);
    const ends = range(200).map((n) => {
      const draws = [n / 400, n / 200];
      return Math.max(...drawWindows(sequences, 10, () => draws.shift() ?? 0).map(({ to }) => to));
    });
    expect(Math.max(...ends)).toBe(100);
    expect(Math.min(...ends)).toBe(96);
  });

  it('orders windows by chance', () => {
    const sequences = sequencesOf(
      range(50).map(() => range(5)),
      5,
    );
    const starts = drawWindows(sequences, 5, seeded(1)).map(({ from }) => from);
    expect(starts).not.toEqual(range(50).map((i) => 5 * i));
    expect(starts.sort((a, b) => a - b)).toEqual(range(50).map((i) => 5 * i));
  });
});

describe('usersWithSteps', () => {
  it('counts who has two items', () => {
    expect(usersWithSteps(sequencesOf([[0], [], [0, 0], [0, 1, 0]], 2))).toBe(2);
  });
});

describe('chunksOf', () => {
  it('cuts a list in order', () => {
    expect(chunksOf(range(5), 2)).toEqual([[0, 1], [2, 3], [4]]);
    expect(chunksOf([], 2)).toEqual([]);
  });
});
