import { fixedModel } from '../testing/fixed.models.js';
import { judge } from './judge.js';
import type { RankingCase } from './ranking.task.js';

const oneCase = (history: readonly number[], wanted: readonly number[]): RankingCase => ({
  history: Int32Array.from(history),
  wanted: Int32Array.from(wanted),
});

it('ranks all items but those of the history, case by case', async () => {
  // Scores fall with the row: of rows 0 to 4, what is wanted stands behind all lower ones that are not in the history.
  const model = fixedModel(() => [5, 4, 3, 2, 1]);
  const cases = [oneCase([], [0]), oneCase([0, 1], [2]), oneCase([0], [3]), oneCase([2], [2])];
  const ranking = await judge(model, cases, { items: 5, metrics: ['mrr@10', 'ndcg@10'] });
  expect(ranking.values('mrr@10')).toEqual([1, 1, 1 / 3, 0]);
  expect(ranking.values('ndcg@10')[2]).toBeCloseTo(1 / Math.log2(4), 12);
});

it('asks about many at once and keeps their order', async () => {
  const calls: number[] = [];
  const model = fixedModel((history) => Array.from({ length: 300 }, (_, row) => (row === history[0]! + 1 ? 1 : 0)));
  const counting = {
    interests: (...args: Parameters<typeof model.interests>) => {
      calls.push(args[0].length);
      return model.interests(...args);
    },
  };
  const cases = Array.from({ length: 299 }, (_, row) => oneCase([row], [row % 3 === 0 ? row + 1 : (row + 5) % 300]));
  const slates: number[] = [];
  const onSlate = (slate: Uint32Array, history: Int32Array): void => {
    slates.push(slate[0]!);
    expect(slate).toHaveLength(10);
    expect(slate).not.toContain(history[0]);
  };
  const ranking = await judge(counting, cases, { items: 300, metrics: ['hitRate@1'], onSlate });
  expect(calls).toEqual([128, 128, 43]);
  expect(ranking.values('hitRate@1')).toEqual(cases.map((_, row) => (row % 3 === 0 ? 1 : 0)));
  expect(slates).toEqual(cases.map((_, row) => row + 1));
});

it('tells histories as asking says, and excludes all of them', async () => {
  const told: (readonly [readonly number[], readonly number[] | undefined])[] = [];
  const model = {
    interests: (histories: readonly { readonly rows: ArrayLike<number>; readonly weights?: ArrayLike<number> }[]) => {
      for (const { rows, weights } of histories) told.push([Array.from(rows), weights && Array.from(weights)]);
      return Promise.resolve(histories.map(() => Float32Array.of(4, 3, 2, 1)));
    },
  };
  const cases = [oneCase([0, 1, 2], [3])];
  const ruler = { items: 4, metrics: ['hitRate@1'] };
  const ranking = await judge(model, cases, ruler, { last: 2, decay: 0.5 });
  await judge(model, cases, ruler);
  expect(told).toEqual([
    [
      [1, 2],
      [0.5, 1],
    ],
    [[0, 1, 2], undefined],
  ]);
  expect(ranking.values('hitRate@1')).toEqual([1]);
});
