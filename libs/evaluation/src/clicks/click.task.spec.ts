import type { ClickData } from '@attune/algorithms';
import { TempFolder } from '../testing/temp-folder.js';
import { openClicks } from './click.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const open = (head: string, rows: readonly string[]) =>
  openClicks([folder.write('clicks', [head, ...rows].join('\n'))]);
/** The number that tells cases apart. */
const numbersOf = ({ fields: [field] }: ClickData): readonly number[] =>
  field?.kind === 'number' ? [...field.values] : [];
const EACH = 'no column user: intervals take each case as somebody else’s';
const cases = Array.from({ length: 40 }, (_, i) => i);

it('holds out the last by time, and what was before them to choose by', async () => {
  const rows = cases.map((i) => `${(i * 7) % 40},a|b,${i % 2},${(i * 7) % 40}`);
  const { learned, validation, known, test, data, notes } = await open('n:float,tags,label,time', rows);
  expect(numbersOf(learned)).toEqual(cases.slice(0, 28));
  expect(numbersOf(validation)).toEqual(cases.slice(28, 32));
  expect(numbersOf(known)).toEqual(cases.slice(0, 32));
  expect(numbersOf(test)).toEqual(cases.slice(32));
  // 7 is odd: the parity of a place is that of its number.
  expect([...test.labels]).toEqual(cases.slice(32).map((i) => i % 2));
  expect(test.fields[1]).toMatchObject({ slots: 2, rows: Int32Array.from({ length: 16 }, (_, i) => i % 2) });
  expect([data, notes]).toEqual([{ users: 0, items: 0, interactions: 40 }, [EACH]]);
});

it('leaves cases of one moment together', async () => {
  // Moments of five: the cuts at 28 and 32 move to 30 and 35.
  const rows = cases.map((i) => `${i},${i % 2},${Math.floor(i / 5)}`);
  const { learned, validation, test } = await open('n:float,label,time', rows);
  expect([learned, validation, test].map(numbersOf)).toEqual([
    cases.slice(0, 30),
    cases.slice(30, 35),
    cases.slice(35),
  ]);
  const once = cases.map((i) => `${i},${i % 2},7`);
  await expect(open('n:float,label,time', once)).rejects.toMatchObject({
    message: expect.stringMatching(/0 of the 0 cases for val are positive$/),
    fix: 'Give more cases, positive and negative ones in each part, and of several moments.',
  });
});

it('knows whose the cases of validation and test are', async () => {
  const rows = cases.map((i) => `${i},${i % 2},${i % 3 === 0 ? '' : `u${i % 3}`}`);
  const { validation, test, notes } = await open('n:float,label,user_id', rows);
  // 28 to 31: u1, u2, nobody known, u1; 32 to 39: u2, nobody, u1, u2, nobody, u1, u2, nobody.
  expect([...validation.owners]).toEqual([0, 1, 2, 0]);
  expect([...test.owners]).toEqual([0, 1, 2, 0, 3, 2, 0, 4]);
  expect(notes).toEqual(['no column time: the order is that of the rows']);
  const ofOne = await open(
    'n:float,label,user',
    cases.map((i) => `${i},${i % 2},me`),
  );
  expect([...ofOne.test.owners]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('goes by the order of rows where there is no time, and says so', async () => {
  const { learned, test, notes } = await open(
    'n:float,label',
    cases.map((i) => `${i},${i % 2}`),
  );
  expect([numbersOf(learned), numbersOf(test)]).toEqual([cases.slice(0, 28), cases.slice(32)]);
  expect(notes).toEqual(['no column time: the order is that of the rows', EACH]);
});

it('goes by the split of the file', async () => {
  const parts = ['val', 'test', 'train', 'train'];
  const rows = cases.map((i) => `${i},${Number(i % 8 < 4)},${parts[i % 4]}`);
  const { learned, validation, test, notes } = await open('n:float,label,split', rows);
  expect([numbersOf(validation), numbersOf(test)].map((list) => list.map((i) => i % 4))).toEqual([
    Array(10).fill(0),
    Array(10).fill(1),
  ]);
  expect([learned.count, notes]).toEqual([20, [EACH]]);
});

it.each([
  ['few cases', cases.slice(0, 19).map((i) => `${i},${i % 2}`), /clicks: 19 cases are too few$/],
  ['a test without a click', cases.map((i) => `${i},${i < 32 ? i % 2 : 0}`), /0 of the 8 cases for test are positive$/],
  ['nothing but clicks', cases.map((i) => `${i},1`), /28 of the 28 cases for train are positive$/],
])('refuses %s', async (_, rows, message) => {
  await expect(open('n:float,label', rows)).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringMatching(message),
  });
});
