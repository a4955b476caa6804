import { TempFolder } from '../testing/temp-folder.js';
import { readStrong, type StrongData } from './strong.file.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const HEAD = 'user,item,split';
const read = (...rows: readonly string[]): Promise<StrongData> =>
  readStrong([folder.write('strong', [HEAD, ...rows].join('\n'))]);
const ENOUGH = ['v,a,val_in', 'v,b,val_out', 't,b,test_in', 't,a,test_out'];

it('tells users to learn from and users to ask about apart', async () => {
  const data = await read('t,a,test_in', 'u,b,train', 'w,a,train', 'u,a,train', 'u,b,train', 't,c,test_out', ...ENOUGH);
  expect(data.itemIds).toEqual(['a', 'b', 'c']);
  expect(data.train.map((rows) => [...rows])).toEqual([[1, 0], [0]]);
  expect(data.validation).toEqual([{ known: Int32Array.of(0), wanted: Int32Array.of(1) }]);
  expect(data.test).toEqual([{ known: Int32Array.of(0, 1), wanted: Int32Array.of(2, 0) }]);
});

it('asks nothing about who lacks either side', async () => {
  const { validation, test } = await read('u,a,train', ...ENOUGH, 'x,a,val_in', 'y,a,val_out', 'x,a,test_out');
  expect([validation.length, test.length]).toEqual([1, 1]);
});

it('takes ids such as __proto__', async () => {
  const { train, itemIds } = await read('__proto__,constructor,train', 'constructor,__proto__,train', ...ENOUGH);
  expect(train.map((rows) => [...rows])).toEqual([[0], [1]]);
  expect(itemIds.slice(0, 2)).toEqual(['constructor', '__proto__']);
});

it.each(['__proto__', 'constructor', 'Train', 'validation'])('refuses %s as a split', async (split) => {
  await expect(read('u,a,train', `u,b,${split}`)).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringMatching(`strong:3: '${split}' is no split$`),
    fix: 'Use one of train, val_in, val_out, test_in, test_out.',
  });
});

it.each([
  ['train', ENOUGH],
  ['validation', ['u,a,train', 't,b,test_in', 't,a,test_out']],
  ['test', ['u,a,train', 'v,a,val_in', 'v,b,val_out', 't,b,test_in']],
])('refuses a file without users for %s', async (name, rows) => {
  await expect(read(...rows)).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringMatching(`strong: no user to use for ${name}$`),
    fix: expect.stringContaining('train, val_in'),
  });
});
