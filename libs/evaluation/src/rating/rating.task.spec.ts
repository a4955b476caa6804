import { plantedRatings } from '../testing/planted-worlds.js';
import { TempFolder } from '../testing/temp-folder.js';
import { openRatings, type RatingSplit, type RatingTask } from './rating.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const open = (content: string, seed = 1): Promise<RatingTask> => openRatings([folder.write('ratings', content)], seed);
/** Ratings with as many columns as there are values; users and items of their own, so that each is known by them. */
const table = (folds: readonly number[]): string =>
  `user,item,rating,fold\n${folds.map((fold, i) => `u${i},i${i},${i % 5},${fold}`).join('\n')}`;
const rowsOf = ({ users }: RatingSplit['held']): number[] => [...users];
const sizes = ({ learned, held }: RatingSplit): number[] => [learned.values.length, held.values.length];

describe('folds of the file', () => {
  it('are each held out of the rest, rows outside of all are always learned from', async () => {
    const task = await open(table(Array.from({ length: 40 }, (_, i) => (i % 4) - 1)));
    expect(task.tests.map(sizes)).toEqual([
      [30, 10],
      [30, 10],
      [30, 10],
    ]);
    task.tests.forEach(({ learned, held }, fold) => {
      for (const row of rowsOf(held)) expect(row % 4).toBe(fold + 1);
      expect(new Set([...rowsOf(learned), ...rowsOf(held)]).size).toBe(40);
      expect([learned.userCount, held.itemCount, learned.scale]).toEqual([40, 40, [0, 4]]);
      expect(Array.from(held.values)).toEqual(rowsOf(held).map((row) => row % 5));
    });
  });

  it('hold validation out of what the first is learned from', async () => {
    const { tests, validation } = await open(table(Array.from({ length: 100 }, (_, i) => (i % 3) + 5)));
    expect(sizes(validation)).toEqual([59, 7]);
    const first = new Set(rowsOf(tests[0]!.learned));
    const [learned, held] = [rowsOf(validation.learned), rowsOf(validation.held)];
    expect(new Set([...learned, ...held])).toEqual(first);
    expect(learned.filter((row) => held.includes(row))).toEqual([]);
  });

  it.each([
    ['none numbered from 0', Array<number>(30).fill(-1), /0 test folds/],
    ['one of everything', Array<number>(30).fill(0), /1 test folds, the largest of 30 of 30 ratings$/],
    ['one of all but one', [1, ...Array<number>(29).fill(0)], /2 test folds, the largest of 29 of 30 ratings$/],
    ['a hundred and one', Array.from({ length: 202 }, (_, i) => i % 101), /101 test folds/],
  ])('%s are refused', async (_, folds, message) => {
    await expect(open(table(folds))).rejects.toMatchObject({
      code: 'DATA_FILE',
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/^Number up to 100 test folds from 0/),
    });
  });
});

describe('folds that are drawn', () => {
  const content = plantedRatings({ folds: false });

  it('are five of one size, and each rating is held out once', async () => {
    const { tests, data } = await open(content);
    const { length } = data.values;
    expect(tests).toHaveLength(5);
    for (const split of tests) expect(Math.abs(sizes(split)[1]! - length / 5)).toBeLessThan(1);
    expect(tests.reduce((sum, split) => sum + sizes(split)[1]!, 0)).toBe(length);
    // By chance, not by place: neighbors in the file are apart.
    expect(new Set(tests[0]!.held.users).size).toBeGreaterThan(30);
  });

  it('follow from the seed', async () => {
    const [one, same, other] = [await open(content, 3), await open(content, 3), await open(content, 4)];
    expect(same).toEqual(one);
    expect(other.tests[0]!.held.users).not.toEqual(one.tests[0]!.held.users);
  });

  it('leave something to validate by of the fewest ratings', async () => {
    const few = `user,item,rating\n${Array.from({ length: 20 }, (_, i) => `u${i % 3},i${i},3`).join('\n')}`;
    for (let seed = 0; seed < 20; seed++) {
      const { tests, validation } = await open(few, seed);
      expect([tests.map(sizes), sizes(validation)]).toEqual([Array(5).fill([16, 4]), [14, 2]]);
    }
    await expect(open(few.slice(0, few.lastIndexOf('\n')))).rejects.toMatchObject({
      code: 'DATA_FILE',
      message: expect.stringMatching(/ratings: 19 ratings are too few$/),
      fix: 'Give at least 20.',
    });
  });
});
