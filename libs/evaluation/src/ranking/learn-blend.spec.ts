import { meanOf, uniform } from '../metrics/bootstrap.js';
import { fixedModel, judgedModel, PLAIN_CONTEXT } from '../testing/fixed.models.js';
import { TempFolder } from '../testing/temp-folder.js';
import { evaluateBlend } from './evaluate-blend.js';
import type { JudgedLearner } from './evaluate-learner.js';
import { learnBlend } from './learn-blend.js';
import { nextItem } from './next-item.protocol.js';
import type { RankingTask } from './ranking.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const ITEMS = 40;
let task: RankingTask;
beforeAll(async () => {
  // After item i comes i + 1, after that i + 2.
  const lines = Array.from({ length: ITEMS }, (_, i) => `u${i} ${i} ${(i + 1) % ITEMS} ${(i + 2) % ITEMS}\n`);
  task = await nextItem.open([folder.write('walks', lines.join(''))]);
});

/** Knows what follows the items it was taught, and scores the others by chance. */
function taught(name: string, knows: (row: number) => boolean, scale = 1): Promise<JudgedLearner> {
  const next = new Map([...task.validation, ...task.test].map(({ history, wanted }) => [history.at(-1)!, wanted[0]!]));
  const model = fixedModel((history) => {
    const last = history.at(-1)!;
    const random = uniform(last * 77 + name.length);
    return Array.from({ length: ITEMS }, (_, row) => scale * (knows(last) && row === next.get(last) ? 5 : random()));
  });
  return judgedModel(name, model, task);
}
const figureOf = ({ validation }: JudgedLearner): number => meanOf(validation.values('ndcg@10'));

it('weighs models that know different things, whatever their scale', async () => {
  const [low, high] = [await taught('low', (row) => row < 20), await taught('high', (row) => row >= 20, 1_000)];
  const weights = await learnBlend([low, high], task, 1);
  const both = await evaluateBlend([low, high], task, 1);
  expect(Math.max(figureOf(low), figureOf(high))).toBeLessThan(0.75);
  expect(figureOf(both)).toBeGreaterThan(0.95);
  expect(meanOf(both.test.values('ndcg@10'))).toBeGreaterThan(0.95);
  const weightOf = (name: string): number => Number(weights[name] ?? 0) + Number(weights[`log ${name}`] ?? 0);
  expect(weightOf('low') + weightOf('high')).toBeCloseTo(1, 3);
  expect(Math.min(weightOf('low'), weightOf('high'))).toBeGreaterThan(0.2);
  expect(both).toMatchObject({ learner: { name: 'blend' }, trial: { options: weights }, tried: 1 });
});

it('keeps the good one beside a useless one', async () => {
  const [useless, good] = [await taught('useless', () => false), await taught('good one', () => true)];
  const both = await evaluateBlend([useless, good], task, 1);
  expect(figureOf(useless)).toBeLessThan(0.4);
  expect(figureOf(both)).toBe(1);
  expect(both.trial.options).toEqual({ useless: 0, 'good one': 1 });
});

it('is never below the best on validation, and is the same for a seed', async () => {
  const members = [
    await taught('a', (row) => row % 2 === 0),
    await taught('bb', (row) => row % 3 === 0),
    await taught('ccc', (row) => row % 5 === 0),
  ];
  const blend = await evaluateBlend(members, task, 9);
  expect(figureOf(blend)).toBeGreaterThanOrEqual(Math.max(...members.map(figureOf)));
  expect((await evaluateBlend(members, task, 9)).trial.options).toEqual(blend.trial.options);
});

it('is the model itself where there is one', async () => {
  const only = await taught('only', (row) => row % 2 === 0);
  const blend = await evaluateBlend([only], task, 1);
  expect(blend.trial.options).toEqual({ only: 1 });
  expect(blend.validation.values('ndcg@10')).toEqual(only.validation.values('ndcg@10'));
});

it('learns its members anew, each with what was found for it', async () => {
  const fitted: unknown[] = [];
  const member = await taught('low', () => true);
  const learner: JudgedLearner['learner'] = {
    ...member.learner,
    fit: (log, options, context) => {
      fitted.push(options);
      return member.learner.fit(log, options, context);
    },
  };
  const trial = { ...member.trial, options: { lambda: 20 } };
  const useless = await taught('useless', () => false);
  const blend = await evaluateBlend([{ ...member, learner, trial }, useless], task, 1);
  const again = await blend.learner.fit(task.log, {}, PLAIN_CONTEXT);
  expect(fitted).toEqual([{ lambda: 20 }]);
  const histories = [{ rows: Int32Array.of(3) }];
  expect(await again.interests(histories)).toEqual(await blend.model.interests(histories));
});

it('hears counts by their logarithms where that ranks better', async () => {
  const follows = new Map(
    [...task.validation, ...task.test].map(({ history, wanted }) => [history.at(-1)!, wanted[0]!]),
  );
  // Each model counts an item of its own a thousand times, and what follows, which both know, 316 times.
  const counting = (own: number) =>
    fixedModel((history) => {
      const last = history.at(-1)!;
      return Array.from({ length: ITEMS }, (_, row) =>
        row === follows.get(last) ? 316 : row === (last + own) % ITEMS ? 1_000 : 1,
      );
    });
  const members = [await judgedModel('a', counting(7), task), await judgedModel('b', counting(11), task)];
  const blend = await evaluateBlend(members, task, 1);
  expect(members.map(figureOf)).toEqual([expect.closeTo(0.63, 2), expect.closeTo(0.63, 2)]);
  expect(figureOf(blend)).toBe(1);
  expect(blend.trial.options).toMatchObject({ 'log a': expect.any(Number), 'log b': expect.any(Number) });
});
