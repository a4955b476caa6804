import { auc } from '../metrics/click.metrics.js';
import { uniform } from '../metrics/bootstrap.js';
import type { EvaluationContext } from '../run/evaluation.request.js';
import { timeProgress } from '../run/progress.js';
import type { Options } from '../search/options.js';
import { searchOptions, triedLine } from '../search/search-options.js';
import type { Trial, Trials } from '../search/trials.js';
import type { ClickLearner, ClickModel } from './click.learner.js';
import type { ClickTask } from './click.task.js';

/** A learner with the probabilities that it gives every case. */
export interface JudgedClicks {
  readonly learner: ClickLearner;
  readonly trial: Trial;
  readonly tried: number;
  readonly inFull: number;
  readonly validation: Float32Array;
  readonly test: Float32Array;
  readonly cpuSeconds: number;
}

export interface ClickEvaluation extends EvaluationContext {
  readonly task: ClickTask;
  readonly trials: Trials;
  readonly seed: number;
}

/** Share of a learner's time that the search may take: it learns again for the test after it. */
const SEARCH_SHARE = 0.9;

/**
 * Searches a learner's options on validation; then learns from training and validation together, with the best options and
 * as many epochs as were best, and tells the test. Options that give what is not finite are the worst. Throws RangeError for
 * data that it refuses, or where the best options give what is not finite.
 */
export async function evaluateLearner(
  learner: ClickLearner,
  seconds: number,
  { task, trials, seed, runtime, onProgress, onNote, clock }: ClickEvaluation,
): Promise<JudgedClicks> {
  const before = process.cpuUsage();
  const { learned: known, validation, test } = task;
  const watch = { progress: timeProgress(learner.name, seconds, onProgress) };
  const held = {
    cases: validation,
    judge: (told: Float32Array) => (areFinite(told) ? auc(told, validation.labels) : NaN),
  };
  const contextOf = () => ({ random: uniform(seed), watch, runtime });
  const learn = (options: Options): Promise<ClickModel> => learner.fit(known, options, { ...contextOf(), held });
  const attempt = async (options: Options) => {
    const model = await learn(options);
    const learned = await model.probabilities(validation);
    return { learned, options: model.learned ?? options, asking: {}, figure: held.judge(learned) };
  };
  const limits = { seconds: seconds * SEARCH_SHARE, trials, seed, clock };
  const { trial, learned, ...tries } = await searchOptions(
    { model: learner.name, grid: learner.grid, attempt },
    limits,
  );
  onNote?.(triedLine(learner.name, tries));
  const whole = await learner.fit(task.known, trial.options, { ...contextOf(), held: undefined });
  const judged = {
    validation: learned ?? (await (await learn(trial.options)).probabilities(validation)),
    test: await whole.probabilities(test),
  };
  if (!areFinite(judged.validation) || !areFinite(judged.test))
    throw new RangeError('its probabilities are not finite');
  const { user, system } = process.cpuUsage(before);
  onProgress(learner.name, 1);
  return { learner, trial, ...tries, ...judged, cpuSeconds: (user + system) / 1e6 };
}

const areFinite = (probabilities: Float32Array): boolean => probabilities.every((p) => Number.isFinite(p));
