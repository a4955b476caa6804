import { referenceRuntime } from '@attune/training';
import type { EvaluationContext } from '../run/evaluation.request.js';
import { Trials } from '../search/trials.js';
import { TempFolder } from '../testing/temp-folder.js';
import { evaluateLearner, rmseOf } from './evaluate-learner.js';
import type { RatingLearner } from './rating.learner.js';
import { openRatings } from './rating.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const USERS = 1_000;
const rows = Array.from(
  { length: USERS * 4 },
  (_, i) => `u${i % USERS},i${i % 7},${1 + (i % 5)},${Math.floor(i / USERS)}\n`,
);
const world = folder.write('world', `user,item,rating,fold\n${rows.join('')}`);

/** Predicts one number, and takes a second of a clock for every user that it learns from; these are counted. */
function counting(rungs: boolean) {
  const users: number[] = [];
  const notes: string[] = [];
  let now = 0;
  const learner: RatingLearner = {
    name: 'constant',
    summary: 'one number',
    rungs,
    grid: { value: [1, 5, 4, 2, 3], unused: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
    fit: (ratings, options) => {
      users.push(new Set(ratings.users).size);
      now += 1000 * users.at(-1)!;
      return { predict: () => Number(options['value']) };
    },
  };
  const context: EvaluationContext = {
    runtime: referenceRuntime,
    onProgress: () => undefined,
    onNote: (line) => notes.push(line),
    clock: () => now,
  };
  return { users, notes, learner, context };
}

it('judges options of some learners on a share of the users first, and chooses by all users', async () => {
  const { users, notes, learner, context } = counting(true);
  const task = await openRatings([world], 3);
  const trials = new Trials('task', undefined);
  // Half of the time is for the search: fifteen trials in full.
  const judged = await evaluateLearner(learner, 30 * USERS, { ...context, task, trials, seed: 2 });
  const count = (from: number, to: number): number => users.filter((size) => size >= from && size <= to).length;
  const folds = task.tests.length;
  expect([count(105, 115) > 2 * count(325, 335), count(325, 335) > 2, count(985, 1_000)]).toEqual([
    true,
    true,
    judged.inFull + folds,
  ]);
  expect(judged.trial).toMatchObject({ options: { value: 3 }, figure: -rmseOf(judged.validation) });
  expect(notes).toEqual([`constant: ${judged.tried} tried, ${judged.inFull} of them in full`]);
});

it('judges those of others on all users alone', async () => {
  const { users, notes, learner, context } = counting(false);
  const task = await openRatings([world], 3);
  const trials = new Trials('task', undefined);
  const { tried, inFull } = await evaluateLearner(learner, 30 * USERS, { ...context, task, trials, seed: 2 });
  expect([inFull, users.length, Math.min(...users) > 850]).toEqual([tried, tried + task.tests.length, true]);
  expect(notes).toEqual([`constant: ${tried} tried`]);
});
