import type { ClickField } from '@attune/algorithms';
import { TempFolder } from '../testing/temp-folder.js';
import { type ClickTable, readClicks } from './clicks.file.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const read = (...contents: readonly string[]): Promise<ClickTable> =>
  readClicks(contents.map((content, i) => folder.write(`clicks-${i}`, content)));
const told = (field: ClickField | undefined): readonly number[] => [
  ...(field?.kind === 'number' ? field.values : (field?.rows ?? [])),
];

it('takes every other column as a field', async () => {
  const table = await read('user_id,label,device,hour\nann,1,phone,7\nbob,0,,7\nann,0,desk,23\n');
  expect(table.cases.fields.map(told)).toEqual([
    [0, 1, 0],
    [0, -1, 1],
    [0, 0, 1],
  ]);
  expect(table.cases.fields.map(({ kind }) => kind)).toEqual(['category', 'category', 'category']);
  expect([...table.cases.labels, table.cases.count]).toEqual([1, 0, 0, 3]);
  expect([table.users, table.items, table.times, table.parts]).toEqual([2, 0, undefined, undefined]);
});

it('takes ratings from 4 on as positive, and keeps other protocols’ columns apart', async () => {
  const table = await read(
    'user,item,rating,timestamp,fold,split\na,x,4,30,2,train\nb,x,3.5,10,0,val\nb,y,5,20,1,test\n',
  );
  expect([...table.cases.labels]).toEqual([1, 0, 1]);
  expect(table.cases.fields.map(told)).toEqual([
    [0, 1, 1],
    [0, 0, 1],
  ]);
  expect([table.times, table.parts]).toEqual([
    [30_000, 10_000, 20_000],
    ['train', 'val', 'test'],
  ]);
  expect([table.users, table.items]).toEqual([2, 2]);
});

it('takes a label before a rating', async () => {
  const { cases } = await read('click,rating,page\n0,5,a\n1,1,b\n');
  expect([[...cases.labels], cases.fields.length]).toEqual([[0, 1], 1]);
});

it('tells numbers by their fractions, several categories by bars, and both by their types', async () => {
  const { cases } = await read(
    [
      'label\tprice\tgenres\tage:float\tclass:token_seq\tcode:token\tmixed',
      '1\t2.5\ta|b\t33\tx y\t1.5\t1.5',
      '0\t\tb\t\ty\t2.5\tn/a',
      '1\t4\t\told\tz  x\t1.5\t1.5',
    ].join('\n'),
  );
  const [price, genres, age, classes, code, mixed] = cases.fields;
  expect([told(price), told(age)]).toEqual([
    [2.5, NaN, 4],
    [33, NaN, NaN],
  ]);
  expect(told(genres)).toEqual([0, 1, 1, -1, -1, -1]);
  expect(genres).toMatchObject({ kind: 'category', slots: 2, categories: 2 });
  expect(told(classes)).toEqual([0, 1, 1, -1, 2, 0]);
  expect(told(code)).toEqual([0, 1, 0]);
  expect(told(mixed)).toEqual([0, 1, 0]);
});

it('reads several files with the same fields', async () => {
  const { cases } = await read('label,user\n1,ann\n', 'user;label\nbob;0\nann;1\n');
  expect(told(cases.fields[0])).toEqual([0, 1, 0]);
  expect([...cases.labels]).toEqual([1, 0, 1]);
});

it.each([
  ['no label', ['user,item\na,b\n'], /clicks-0 has no column 'label'$/],
  ['no known column', ['a,b\n1,2\n'], /clicks-0 has no column 'label'$/],
  ['no field', ['label,time\n1,5\n'], /clicks-0 has no field$/],
  ['a field twice', ['label,User,user\n1,a,b\n'], /clicks-0 has two columns 'user'$/],
  ['other fields', ['label,user\n1,a\n', 'label,item\n1,a\n'], /clicks-1 has the fields item$/],
  ['a label that is neither 0 nor 1', ['label,user\n1,a\n2,b\n'], /clicks-0:3: '2' is no label$/],
  ['an empty label', ['label,user\n,a\n'], /clicks-0:2: '' is no label$/],
  ['a rating that is no number', ['rating,user\ngood,a\n'], /clicks-0:2: 'good' is no rating$/],
  ['an empty rating', ['rating,user\n,a\n'], /clicks-0:2: '' is no rating$/],
  ['a time that is none', ['label,user,time\n1,a,noon\n'], /clicks-0:2: 'noon' is no time$/],
  ['times of some', ['label,user,time\n1,a,5\n0,b,\n'], /clicks-0: 1 cases of 2 have no time$/],
  ['a split that is none', ['label,user,split\n1,a,dev\n'], /clicks-0:2: 'dev' is no split$/],
  ['a first line alone', ['label,user\n'], /clicks-0: no case in it$/],
  ['a short row', ['label,user\n1\n'], /clicks-0:2: it has 1 cells, the first line 2$/],
])('refuses %s', async (_, contents, message) => {
  await expect(read(...contents)).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringMatching(message),
    fix: expect.stringMatching(/./),
  });
});
