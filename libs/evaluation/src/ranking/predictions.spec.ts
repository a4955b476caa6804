import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { referenceRuntime } from '@attune/training';
import { Trials } from '../search/trials.js';
import { fixedKind, fixedModel, judgedModel } from '../testing/fixed.models.js';
import { TempFolder } from '../testing/temp-folder.js';
import { nextItem } from './next-item.protocol.js';
import { assertPredictable, writePredictions } from './predictions.js';
import type { RankingTask } from './ranking.task.js';
import type { Recommender } from './recommender.learner.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const open = (content: string): Promise<RankingTask> => nextItem.open([folder.write('log', content)]);

/** Predicts by a model; the lines of the file, in cells. */
async function predicted(task: RankingTask, model: Recommender, name: string): Promise<readonly string[][]> {
  const file = folder.at(name);
  assertPredictable(file, task);
  expect(readdirSync(folder.path)).not.toContain(name);
  await writePredictions(file, await judgedModel('fixed', model, task), contextOf(task));
  const lines = readFileSync(file, 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => line.split('\t'));
}

const contextOf = (task: RankingTask) => ({
  task,
  seed: 1,
  trials: new Trials('task', undefined),
  runtime: referenceRuntime,
  onProgress: () => undefined,
});

it('writes ten items a user, best first, none of the history', async () => {
  const history = (u: number): string[] => [u % 40, (u + 1) % 40, (u + 2) % 40].map((i) => `i${i}`);
  const task = await open(Array.from({ length: 300 }, (_, u) => `u${u} ${history(u).join(' ')}\n`).join(''));
  const model = fixedModel((rows) => Array.from({ length: 40 }, (_, row) => -((row - rows.at(-1)! + 40) % 40)));
  const lines = await predicted(task, model, 'walks.tsv');
  expect(lines.map(([user]) => user)).toEqual(task.whole!.askers.map(({ id }) => id));
  for (const [u, [, ...items]] of lines.entries())
    expect(items).toEqual(Array.from({ length: 10 }, (_, k) => `i${(u + 3 + k) % 40}`));
  expect(readdirSync(folder.path).filter((name) => name.includes('partial'))).toEqual([]);
});

it('writes fewer where the catalogue is small, or the model has no opinion', async () => {
  const task = await open('u a b c\nv c d\nw a b c d e a\n');
  const lines = await predicted(
    task,
    fixedModel(() => [1, 2, 3, 4, NaN]),
    'small.tsv',
  );
  expect(lines).toEqual([['u', 'd'], ['v', 'b', 'a'], ['w']]);
});

it('writes the whole file or none: what was there stays', async () => {
  const task = await open(Array.from({ length: 200 }, (_, u) => `u${u} a b c\n`).join(''));
  const file = folder.write('kept.tsv', 'as before\n');
  let asked = 0;
  const failing: Recommender = {
    interests: (histories) =>
      (asked += 1) > 1
        ? Promise.reject(new Error('out of memory'))
        : Promise.resolve(histories.map(() => Float32Array.of(1, 2, 3))),
  };
  const chosen = await judgedModel(
    'fixed',
    fixedModel(() => [1, 2, 3]),
    task,
  );
  const writing = writePredictions(file, { ...chosen, learner: fixedKind('failing', failing) }, contextOf(task));
  await expect(writing).rejects.toThrow('out of memory');
  expect([asked, readFileSync(file, 'utf8')]).toEqual([2, 'as before\n']);
});

it('refuses before anything is learned what could not be written', async () => {
  const task = await open('u a b c\n');
  mkdirSync(folder.at('inner'));
  for (const [name, code] of [
    ['nowhere/p.tsv', 'ENOENT'],
    ['inner', 'EISDIR'],
    ['log/p.tsv', 'ENOTDIR'],
  ] as const)
    expect(() => assertPredictable(folder.at(name), task)).toThrow(
      expect.objectContaining({ code: 'REQUEST', message: `${folder.at(name)} cannot be written (${code})` }),
    );
  const tabbed = await nextItem.open([folder.write('quoted', 'user,item\nu,"a\tb"\nu,b\nu,c\n')]);
  expect(() => assertPredictable(folder.at('p.tsv'), tabbed)).toThrow(
    expect.objectContaining({ code: 'DATA_FILE', message: '"a\\tb" is no id for a file of predictions' }),
  );
  const { whole: _, ...without } = task;
  expect(() => assertPredictable(folder.at('p.tsv'), without)).toThrow('this protocol has no predictions');
});
