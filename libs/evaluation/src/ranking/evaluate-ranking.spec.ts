import { existsSync, readFileSync } from 'node:fs';
import { referenceRuntime } from '@attune/training';
import { evaluate } from '../run/evaluate.js';
import type { EvaluationRequest, EvaluationResult } from '../run/evaluation.request.js';
import { plantedLines, plantedSplits } from '../testing/planted-worlds.js';
import { TempFolder } from '../testing/temp-folder.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const lines = folder.write('lines', plantedLines());
const progress: (readonly [string, number])[] = [];
/** With time for the default options alone, on any machine, unless more is given. */
const run = (request: Partial<EvaluationRequest>): Promise<EvaluationResult> =>
  evaluate(
    { protocol: 'next-item', inputs: [lines], models: [], budgetMinutes: 1e-6, seed: 3, ...request },
    { runtime: referenceRuntime, onProgress: (title, share) => progress.push([title, share]) },
  );

it('evaluates models and their blend, chooses on validation and predicts by what it chose', async () => {
  const predictions = folder.at('next.tsv');
  const result = await run({ models: ['blend', 'transitions', 'popular'], predictions });
  expect(result).toMatchObject({
    protocol: 'next-item',
    chosenBy: 'ndcg@10',
    data: { users: 64, items: 32, interactions: 256, cases: 64 },
    seed: 3,
    notes: [],
  });
  const figures = Object.fromEntries(result.models.map(({ name, validation }) => [name, validation['ndcg@10']!]));
  expect(Object.keys(figures)).toEqual(['popular', 'transitions', 'blend']);
  expect(figures[result.chosen]).toBe(Math.max(...Object.values(figures)));
  for (const { test, validation, intervals, fitSeconds, cpuSeconds } of result.models) {
    expect(Object.keys(test)).toEqual(['hitRate@10', 'ndcg@10', 'mrr@10']);
    expect(Object.keys(validation)).toEqual(Object.keys(test));
    const [low, high] = intervals.test['ndcg@10']!;
    expect(low <= test['ndcg@10']! && test['ndcg@10']! <= high).toBe(true);
    expect(fitSeconds >= 0 && cpuSeconds > 0).toBe(true);
  }
  expect(new Set(result.comparisons.map(({ model }) => model)).size).toBe(2);
  const users = readFileSync(predictions, 'utf8').trimEnd().split('\n');
  expect(users).toHaveLength(64);
  // All that is left of a group is what follows: six of its eight items are the history.
  for (const [u, user] of users.entries())
    expect(user.split('\t').slice(0, 3)).toEqual([
      `user-${u}`,
      ...[6, 7].map((step) => `g${u % 4}-${(Math.floor(u / 4) + step) % 8}`),
    ]);
  for (const title of ['popular', 'transitions', 'predictions']) expect(progress).toContainEqual([title, 1]);
});

it('goes on with the trials of an earlier run, unless data or seed are others', async () => {
  const trials = folder.at('trials.jsonl');
  const inputs = [folder.write('splits', plantedSplits())];
  const tried = async (more: Partial<EvaluationRequest> = {}): Promise<number> => {
    const request = { protocol: 'strong', inputs, models: ['item-knn'], trials } as const;
    return (await run({ ...request, ...more })).models[0]!.tried;
  };
  const kept = (): number => readFileSync(trials, 'utf8').trimEnd().split('\n').length;
  expect([await tried(), await tried(), kept()]).toEqual([1, 1, 1]);
  await tried({ seed: 4 });
  await tried({ inputs: [...inputs, folder.write('more', 'user,item,split\nzoe,g0-0,train\n')] });
  expect(kept()).toBe(3);
  // In a longer time everything is tried; then everything is known, and no time is needed.
  const all = await tried({ budgetMinutes: 10 });
  expect(all).toBeGreaterThan(40);
  expect([await tried(), kept()]).toEqual([all, all + 2]);
});

it('evaluates by strong generalization what needs no order', async () => {
  const inputs = [folder.write('splits', plantedSplits())];
  const result = await run({ protocol: 'strong', inputs, models: ['item-knn', 'rp3beta'] });
  expect(result).toMatchObject({ chosenBy: 'ndcg@100', data: { users: 96, cases: 48 } });
  expect(result.models.map(({ test }) => test['recall@20'])).toEqual([1, 1]);
  await expect(run({ protocol: 'strong', inputs, models: ['transitions'] })).rejects.toMatchObject({
    code: 'REQUEST',
    message: 'there is no model transitions for this protocol',
    fix: expect.stringMatching(/^Known models: popular, item-knn, .*blend\.$/),
  });
  const predictions = folder.at('strong.tsv');
  await expect(run({ protocol: 'strong', inputs, predictions })).rejects.toMatchObject({
    message: 'this protocol has no predictions',
  });
  expect(existsSync(predictions)).toBe(false);
});

it('leaves out what cannot learn from so little, and says so', async () => {
  const inputs = [folder.write('short', 'u a b c\nv b c a\n')];
  const { models, notes, chosen } = await run({ inputs, models: ['popular', 'sasrec'] });
  expect([models.map(({ name }) => name), chosen]).toEqual([['popular'], 'popular']);
  expect(notes).toEqual([expect.stringMatching(/^sasrec is left out: nobody has two items/)]);
  await expect(run({ inputs, models: ['sasrec'] })).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringContaining('no model can learn from this: sasrec is left out'),
  });
});
