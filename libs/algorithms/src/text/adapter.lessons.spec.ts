import type { Feed } from '@attune/training';
import { sequencesOf } from '../data/sequences.js';
import { lessonsOf, type LessonWorld, stepFeeds } from './adapter.lessons.js';
import { seeded } from '../testing/seeded.js';

const sequences = sequencesOf([[2, 0, 2, 3], [4], [1, 1, 3]], 6);
const vectors = Float32Array.from({ length: 12 }, (_, i) => i);
const world: LessonWorld = {
  sequences,
  vectors,
  dims: 2,
  last: 2,
  decay: 0.5,
  candidates: 5,
  popularity: 0,
  random: () => 0.99,
};
const numbers = (feed: Feed | undefined): number[] => {
  if (feed === undefined) throw new Error('an input is missing');
  return Array.from(ArrayBuffer.isView(feed) ? feed : feed.values, Number);
};

describe('lessonsOf', () => {
  it('asks for each item from either side where there is another item', () => {
    expect(lessonsOf(sequences)).toEqual([
      { place: 0, end: 4 },
      { place: 1, end: -1 },
      { place: 1, end: 4 },
      { place: 2, end: -1 },
      { place: 2, end: 4 },
      { place: 3, end: -1 },
      { place: 5, end: 8 },
      { place: 6, end: 8 },
      { place: 7, end: 4 },
    ]);
  });
});

describe('lessonsOf, of histories by chance', () => {
  it('asks where a count over all pairs does', () => {
    const draw = seeded(3);
    const lists = Array.from({ length: 60 }, () =>
      Array.from({ length: Math.floor(7 * draw()) }, () => Math.floor(2.5 * draw())),
    );
    let start = 0;
    const expected = lists.flatMap((list) => {
      const begun = start;
      start += list.length;
      return list.flatMap((item, at) => [
        ...(list.slice(0, at).some((other) => other !== item) ? [{ place: begun + at, end: begun - 1 }] : []),
        ...(list.slice(at + 1).some((other) => other !== item) ? [{ place: begun + at, end: start }] : []),
      ]);
    });
    expect(lessonsOf(sequencesOf(lists, 3))).toEqual(expected);
  });

  it('takes time by the length of a history, not by its square', () => {
    const long = new Array<number>(200_000).fill(0);
    const worlds = [
      sequencesOf([long], 2),
      sequencesOf([[...long, 1]], 2),
      sequencesOf([long.map((_, i) => i)], 200_000),
    ];
    const before = process.cpuUsage();
    expect(worlds.map((log) => lessonsOf(log).length)).toEqual([0, 200_001, 399_998]);
    // Together they take a tenth of a second; by the square of the length they take minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(10e6);
  });
});

describe('stepFeeds', () => {
  it('lays out candidates, contexts by nearness, and targets', () => {
    const feeds = stepFeeds(world)([
      { place: 3, end: -1 },
      { place: 0, end: 4 },
      { place: 5, end: 8 },
    ]);
    // Candidates are the items in the order of the log: 2, 0, 3, 4, 1.
    expect(numbers(feeds['vectors'])).toEqual([4, 5, 0, 1, 6, 7, 8, 9, 2, 3]);
    expect(feeds['contexts']).toMatchObject({ shape: [3, 5] });
    // The item itself is no neighbor of its own, so that the second sees 0 and 3.
    expect(numbers(feeds['contexts'])).toEqual([1, 0.5, 0, 0, 0, 0, 1, 0.5, 0, 0, 0, 0, 1, 0, 0]);
    expect(numbers(feeds['targets'])).toEqual([2, 0, 4]);
    expect(numbers(feeds['shifts'])).toEqual([0, 0, 0, 0, 0]);
    expect(numbers(feeds['ones'])).toEqual([1, 1, 1]);
    expect(numbers(feeds['weight'])[0]).toBeCloseTo(1 / 3, 6);
  });

  it('gives popular items what their number of events is worth', () => {
    const feeds = stepFeeds({ ...world, popularity: 2 })([{ place: 3, end: -1 }]);
    const counts = [2, 1, 2, 1, 2];
    numbers(feeds['shifts']).forEach((shift, i) => expect(shift).toBeCloseTo(2 * Math.log(1 + counts[i]!), 5));
  });

  it('draws candidates where there are more than a step may have; those drawn stand for all others', () => {
    // The step needs 3, 2 and 0; of 4 and 1, the chance picks 1.
    const feeds = stepFeeds({ ...world, candidates: 4 })([{ place: 3, end: -1 }]);
    expect(numbers(feeds['vectors'])).toEqual([6, 7, 4, 5, 0, 1, 2, 3]);
    expect(numbers(feeds['contexts'])).toEqual([0, 1, 0.5, 0]);
    const shifts = numbers(feeds['shifts']);
    expect(shifts.slice(0, 3)).toEqual([0, 0, 0]);
    expect(shifts[3]).toBeCloseTo(Math.log(2), 6);
  });
});
