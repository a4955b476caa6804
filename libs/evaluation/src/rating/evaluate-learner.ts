import type { RatingModel, Ratings } from '@attune/algorithms';
import { meanOf, uniform } from '../metrics/bootstrap.js';
import type { EvaluationContext } from '../run/evaluation.request.js';
import { timeProgress } from '../run/progress.js';
import type { Options } from '../search/options.js';
import { usableShares } from '../search/rungs.js';
import { searchOptions, triedLine } from '../search/search-options.js';
import type { Trial, Trials } from '../search/trials.js';
import { cutSplit, usersOf } from './cut-split.js';
import type { RatingLearner } from './rating.learner.js';
import type { RatingSplit, RatingTask } from './rating.task.js';

/** A learner with its errors on every rating of every test fold. */
export interface JudgedRatings {
  readonly learner: Pick<RatingLearner, 'name'>;
  readonly trial: Trial;
  /** Options tried, and how many of them in full. */
  readonly tried: number;
  readonly inFull: number;
  readonly validation: readonly number[];
  /** One list a fold: prediction minus rating. */
  readonly test: readonly (readonly number[])[];
  readonly cpuSeconds: number;
}

export interface RatingContext extends EvaluationContext {
  readonly task: RatingTask;
  readonly trials: Trials;
  readonly seed: number;
}

/** Share of a learner's time that the search may take: the folds are learned after it. */
const SEARCH_SHARE = 0.5;

/** Searches a learner's options on validation, then learns every test fold's ratings with the best. */
export async function evaluateLearner(
  learner: RatingLearner,
  seconds: number,
  context: RatingContext,
): Promise<JudgedRatings> {
  const { task, trials, seed, onProgress, onNote, clock } = context;
  const before = process.cpuUsage();
  const watch = { progress: timeProgress(learner.name, seconds, onProgress) };
  const errors = (options: Options, { learned, held }: RatingSplit): readonly number[] =>
    errorsOf(learner.fit(learned, options, { random: uniform(seed), watch }), held);
  const cuts = learner.rungs === true ? cutsOf(task.validation, seed) : new Map<number, RatingSplit>();
  const attempt = (options: Options, _seconds: number, share: number) => {
    const learned = errors(options, cuts.get(share) ?? task.validation);
    return Promise.resolve({ learned, options, asking: {}, figure: -rmseOf(learned) });
  };
  const { trial, learned, ...tries } = await searchOptions(
    { model: learner.name, grid: learner.grid, shares: [...cuts.keys()], attempt },
    { seconds: seconds * SEARCH_SHARE, trials, seed, clock },
  );
  onNote?.(triedLine(learner.name, tries));
  const test = task.tests.map((split) => errors(trial.options, split));
  const { user, system } = process.cpuUsage(before);
  const validation = learned ?? errors(trial.options, task.validation);
  onProgress(learner.name, 1);
  return { learner, trial, ...tries, validation, test, cpuSeconds: (user + system) / 1e6 };
}

/** Splits of shares of the users, the least first, on which options may be judged before all of them. */
function cutsOf(split: RatingSplit, seed: number): ReadonlyMap<number, RatingSplit> {
  const shares = usableShares(usersOf(split).length);
  const cuts = shares.map((share) => [share, cutSplit(split, share, seed)] as const);
  return new Map(cuts.filter(([, { held }]) => held.values.length > 0));
}

const errorsOf = (model: RatingModel, held: Ratings): readonly number[] =>
  Array.from(held.values, (value, i) => model.predict(held.users[i]!, held.items[i]!) - value);

/** Root of the mean squared error; Infinity where predictions are no numbers: no model is worse. */
export function rmseOf(errors: readonly number[]): number {
  const square = meanOf(squaresOf(errors));
  return Number.isNaN(square) ? Infinity : Math.sqrt(square);
}

export const squaresOf = (errors: readonly number[]): readonly number[] => errors.map((error) => error * error);
