import { sequenceOf, userCount } from '@attune/algorithms';
import { TempFolder } from '../testing/temp-folder.js';
import { nextItem } from './next-item.protocol.js';
import type { RankingTask } from './ranking.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const open = (content: string): Promise<RankingTask> => nextItem.open([folder.write('log', content)]);
const idsOf = (task: RankingTask, rows: Int32Array): string => Array.from(rows, (row) => task.itemIds[row]!).join('');
const asked = (task: RankingTask, cases: RankingTask['test']): string[] =>
  cases.map(({ history, wanted }) => `${idsOf(task, history)} ${idsOf(task, wanted)}`);
const learned = (task: RankingTask, log = task.log): string[] =>
  Array.from({ length: userCount(log) }, (_, u) => idsOf(task, sequenceOf(log, u)));

it('holds out the last item, and the one before it', async () => {
  const task = await open('u a b c d e\nv c a b\nw d e\nx a\n');
  expect(learned(task)).toEqual(['abc', 'c', 'de', 'a']);
  expect(asked(task, task.validation)).toEqual(['abc d', 'c a']);
  expect(asked(task, task.test)).toEqual(['abcd e', 'ca b']);
  expect(task).toMatchObject({ ordered: true, chosenBy: 'ndcg@10', itemIds: ['a', 'b', 'c', 'd', 'e'] });
  expect(task.notes).toEqual(['2 users with fewer than 3 items are learned from only']);
});

it('has everything once more, to learn from for predictions', async () => {
  const task = await open('u a b c d e\nv c a b\nw d e\n');
  expect(learned(task, task.whole!.log)).toEqual(['abcde', 'cab', 'de']);
  expect(task.whole!.askers.map(({ id, history }) => `${id} ${idsOf(task, history)}`)).toEqual([
    'u abcde',
    'v cab',
    'w de',
  ]);
});

it('leaves nothing held out in what is learned from', async () => {
  const lines = Array.from({ length: 30 }, (_, u) => `u${u} common old${u} val${u} test${u}\n`).join('');
  const task = await open(lines);
  expect([task.log.items.length, task.log.itemCount]).toEqual([60, 91]);
  for (const { wanted } of [...task.validation, ...task.test]) expect(task.log.items).not.toContain(wanted[0]);
});

it('keeps items that come again: they are wanted though they are not ranked', async () => {
  const task = await open('u a a a a\n');
  expect([learned(task), asked(task, task.validation), asked(task, task.test)]).toEqual([['aa'], ['aa a'], ['aaa a']]);
});

it('refuses a file with nobody to ask about', async () => {
  await expect(open('u a b\nv a\n')).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringMatching(/log: no sequence of 3 items or more$/),
  });
});
