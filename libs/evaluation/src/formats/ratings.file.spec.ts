import { gzipSync } from 'node:zlib';
import { TempFolder } from '../testing/temp-folder.js';
import { readRatings } from './ratings.file.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const read = (...contents: readonly (string | Uint8Array)[]) =>
  readRatings(contents.map((content, i) => folder.write(`ratings-${i}`, content)));

it('reads ratings with their folds', async () => {
  const { userIds, itemIds, users, items, values, folds } = await read(
    'UserId,ProductId,Score,fold\n__proto__,x,4.5,1\nbob,constructor,-2,0\n__proto__,y,1e1,-1\n'.replace(
      'ProductId',
      'asin',
    ),
  );
  expect([userIds, itemIds]).toEqual([
    ['__proto__', 'bob'],
    ['x', 'constructor', 'y'],
  ]);
  expect([...users, ...items]).toEqual([0, 1, 0, 0, 1, 2]);
  expect([...values]).toEqual([4.5, -2, 10]);
  expect([...folds!]).toEqual([1, 0, -1]);
});

it('reads several files, zipped too, without folds', async () => {
  const { users, values, folds } = await read(
    'user,item,rating\nu,a,1\n',
    gzipSync('user;item;rating\r\nv;a;2\r\nu;b;3\r\n'),
  );
  expect([...users]).toEqual([0, 1, 0]);
  expect([...values]).toEqual([1, 2, 3]);
  expect(folds).toBeUndefined();
});

it.each(['NaN', 'good', 'Infinity', '1e39', '3,5'])('refuses %s as a rating', async (rating) => {
  await expect(read(`user,item,rating\nu,a,1\nu,b,"${rating}"\n`)).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringMatching(`ratings-0:3: '${rating}' is no rating$`),
    fix: 'Give a number, or leave the row out.',
  });
});

it.each([
  ['an empty rating', ['user,item,rating\nu,a,\n'], /ratings-0:2: no rating$/],
  ['a first line alone', ['user,item,rating\n'], /ratings-0: no rating in it$/],
  ['no column rating', ['user,item\nu,a\n'], /ratings-0 has no column 'rating'$/],
  ['a fold that is no number', ['user,item,rating,fold\nu,a,1,0\nu,b,2,test\n'], /ratings-0:3: 'test' is no fold$/],
  ['a fold of some rows only', ['user,item,rating,fold\nu,a,1,0\nu,b,2,\n'], /: 1 ratings of 2 have no fold$/],
  [
    'a fold of some files only',
    ['user,item,rating,fold\nu,a,1,0\n', 'user,item,rating\nu,b,2\n'],
    /ratings-0, .*ratings-1: 1 ratings of 2 have no fold$/,
  ],
])('refuses %s', async (_, contents, message) => {
  await expect(read(...contents)).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringMatching(message),
    fix: expect.stringMatching(/^(Give|Name|Number) /),
  });
});
