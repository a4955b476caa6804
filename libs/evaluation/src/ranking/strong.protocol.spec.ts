import { sequenceOf, userCount } from '@attune/algorithms';
import { plantedSplits } from '../testing/planted-worlds.js';
import { TempFolder } from '../testing/temp-folder.js';
import { strong } from './strong.protocol.js';

const folder = new TempFolder();
afterAll(() => folder.close());

it('learns from some users and asks about others', async () => {
  const task = await strong.open([folder.write('splits', plantedSplits())]);
  expect([userCount(task.log), task.validation.length, task.test.length]).toEqual([96, 48, 48]);
  expect(task).toMatchObject({ ordered: false, chosenBy: 'ndcg@100', told: ['ndcg@100', 'recall@20', 'recall@50'] });
  expect(sequenceOf(task.log, 0)).toHaveLength(6);
  for (const { history, wanted } of [...task.validation, ...task.test]) {
    expect([history.length, wanted.length]).toEqual([4, 2]);
    expect(new Set([...history, ...wanted]).size).toBe(6);
  }
  expect(task.whole).toBeUndefined();
});
