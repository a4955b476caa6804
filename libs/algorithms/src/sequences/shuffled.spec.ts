import { shuffled, shuffledRows } from './shuffled.js';

const draws =
  (...numbers: number[]): (() => number) =>
  () =>
    numbers.shift()!;

describe('shuffled', () => {
  it('exchanges each place, from the last on, with one up to it', () => {
    const list = ['a', 'b', 'c', 'd'];
    // The last with the first, the third with itself, the second with the first.
    expect(shuffled(list, draws(0, 0.99, 0.49))).toEqual(['b', 'd', 'c', 'a']);
    expect(list).toEqual(['b', 'd', 'c', 'a']);
  });

  it('takes what has no order', () => {
    expect([shuffled([], draws()), shuffled(['a'], draws())]).toEqual([[], ['a']]);
  });
});

describe('shuffledRows', () => {
  it('numbers places, each once', () => {
    expect(shuffledRows(4, draws(0, 0.99, 0.49))).toEqual(Int32Array.of(1, 3, 2, 0));
  });
});
