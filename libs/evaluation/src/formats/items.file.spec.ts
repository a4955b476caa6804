import { gzipSync } from 'node:zlib';
import { TempFolder } from '../testing/temp-folder.js';
import { readItems } from './items.file.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const read = (...contents: readonly (string | Uint8Array)[]) =>
  readItems(contents.map((content, i) => folder.write(`items-${i}`, content)));

it('reads tables: lists are separated by bars, empty cells are nothing', async () => {
  const rows = [
    'id,title,description,categories,brand,price',
    'a, Mug ,Holds tea,Kitchen | Cups,,3',
    'b,Lamp,,,Lumo,9',
  ];
  expect((await read(gzipSync(rows.join('\n')))).items).toEqual([
    { id: 'a', title: 'Mug', description: 'Holds tea', categories: ['Kitchen', 'Cups'] },
    { id: 'b', title: 'Lamp', brand: 'Lumo' },
  ]);
});

it('reads what shops call it: the stock code is the id, a lone description the title', async () => {
  expect((await read('stock_code\tdescription\n85123A\tHOLDER\n')).items).toEqual([{ id: '85123A', title: 'HOLDER' }]);
});

it('reads JSON lines, with numbers for ids, other names and nulls', async () => {
  const lines = [
    {
      id: 7,
      title: 'Mug',
      brief: 'Holds tea',
      category: ['Kitchen'],
      brand: null,
      attributes: { color: 'red', ml: 250, fits: ['shelf', 7], none: null },
    },
    {
      id: 'b',
      title: 'Lamp',
      description: 'Bends',
      categories: 'Home|Light',
      reviews: 'Bright',
      language: 'en',
      x: {},
    },
  ];
  expect((await read(`${lines.map((line) => JSON.stringify(line)).join('\n\n')}\n`)).items).toEqual([
    {
      id: '7',
      title: 'Mug',
      description: 'Holds tea',
      categories: ['Kitchen'],
      attributes: { color: ['red'], fits: ['shelf'] },
    },
    {
      id: 'b',
      title: 'Lamp',
      description: 'Bends',
      categories: ['Home', 'Light'],
      reviews: 'Bright',
      language: 'en',
      attributes: {},
    },
  ]);
});

it('keeps the last of an id, also over files, and cuts huge texts', async () => {
  const { items, repeated } = await read('id,title\na,Mug\nb,Lamp\n', `id,title\na,${'x'.repeat(1 << 20)}\n`);
  expect([repeated, items.map(({ id, title }) => [id, title.length])]).toEqual([
    1,
    [
      ['a', 20_000],
      ['b', 4],
    ],
  ]);
});

it.each([
  ['no id', 'title,price\nMug,3\n', /:2: no id$/],
  ['an empty id', 'id,title\n,Mug\n', /:2: no id$/],
  ['no title', 'id,brand\na,Lumo\n', /no column 'title'/],
  ['a broken line', '{"id":"a","title":"Mug"}\n{"id":"b"', /:2: no item/],
  ['a line without title', '{"id":"a"}\n', /:1: no item \(title: /],
  ['a list of lists', '{"id":"a","title":"x","tags":[["y"]]}\n', /:1: no item \(tags/],
])('refuses %s', async (_, content, message) => {
  await expect(read(content)).rejects.toMatchObject({ code: 'DATA_FILE', message: expect.stringMatching(message) });
});
