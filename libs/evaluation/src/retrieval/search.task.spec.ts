import { TempFolder } from '../testing/temp-folder.js';
import { openSearch } from './search.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const ITEMS = 'id,title\nmug,Red mug\nlamp,Desk lamp\n';
const QUERIES = 'qid\tquery\tkind\n1\tmug\tlex\n2\tlight\tsem\n';
const QRELS = 'qid,product,grade\n1,mug,2\n2,lamp,1\n2,mug,0\n';

function open({ items = ITEMS, queries = QUERIES, qrels = QRELS }) {
  return openSearch([folder.write('a', qrels), folder.write('b', items), folder.write('c', queries)]);
}

it('tells files apart by their columns, and joins them', async () => {
  const { items, queries, judgements, notes } = await open({});
  expect(items.map(({ id }) => id)).toEqual(['mug', 'lamp']);
  expect(queries.map(({ id, text, kind, grades }) => [id, text, kind, ...grades])).toEqual([
    ['1', 'mug', 'lex', [0, 2]],
    ['2', 'light', 'sem', [1, 1], [0, 0]],
  ]);
  expect([judgements, notes]).toEqual([3, []]);
});

it('leaves out what cannot be judged, with notes', async () => {
  const more = Array.from({ length: 20 }, (_, i) => `1,i${i},0`).join('\n');
  const items = `${ITEMS}mug,Blue mug\n${Array.from({ length: 20 }, (_, i) => `i${i},Thing`).join('\n')}`;
  const queries = `${QUERIES}3\tnobody judged\t\n4\tnothing fits\t\n`;
  const qrels = `${QRELS}${more}\n1,mug,2\n1,gone,1\n4,lamp,0\n5,lamp,1\n`;
  const task = await open({ items, queries, qrels });
  expect(task.queries.map(({ id }) => id)).toEqual(['1', '2']);
  expect(task.items[0]!.title).toBe('Blue mug');
  expect(task.notes).toEqual([
    'queries without a judgement are left out: 1',
    'queries without a relevant item are left out: 1',
    'judged queries that are not there are left out: 1',
    'judgements of items that are not there are left out: 1',
    'judgements are there again: 1',
    'items are there again, and the last of each is searched: 1',
  ]);
});

it('cuts a huge query', async () => {
  const { queries } = await open({ queries: `qid,query\n1,${'mug '.repeat(100_000)}\n` });
  expect(queries[0]!.text).toHaveLength(1000);
});

it.each([
  ['a grade that is no number', { qrels: 'qid,item,grade\n1,mug,good\n' }, /a:2: 'good' is no grade$/],
  ['a grade below 0', { qrels: 'qid,item,grade\n1,mug,-1\n' }, /a:2: '-1' is no grade$/],
  ['a grade beyond sense', { qrels: 'qid,item,grade\n1,mug,2000\n' }, /a:2: '2000' is no grade$/],
  ['two grades of a pair', { qrels: `${QRELS}1,mug,1\n` }, /a:5: item 'mug' has grades 2 and 1 for query '1'$/],
  ['other items', { items: 'id,title\nlamp,Desk lamp\n' }, /2 of 3 judgements are of items that are not there$/],
  ['queries nobody judged', { queries: 'qid,query\n9,mug\n' }, /no query has a relevant item$/],
  ['grades of 0 alone', { qrels: 'qid,item,grade\n1,mug,0\n' }, /no query has a relevant item$/],
  ['a query id twice', { queries: `${QUERIES}1\tcup\tlex\n` }, /c:4: a second query '1'$/],
  ['a file of something else', { items: 'user,rating\na,1\n' }, /b has neither queries nor judgements nor items$/],
  ['no items', { items: QUERIES }, /there are no items$/],
])('refuses %s', async (_, files, message) => {
  await expect(open(files)).rejects.toMatchObject({ code: 'DATA_FILE', message: expect.stringMatching(message) });
});
