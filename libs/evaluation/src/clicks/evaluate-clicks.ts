import { DivergedError } from '@attune/training';
import { noPredictions } from '../formats/evaluation.errors.js';
import { aucDifference, resampledAuc, type ResampledAuc } from '../metrics/click.bootstrap.js';
import { auc } from '../metrics/click.metrics.js';
import { differenceOverOwners, type TestedDifference } from '../metrics/owner.resamples.js';
import { holm } from '../metrics/paired.statistics.js';
import type {
  Comparison,
  EvaluatedModel,
  EvaluationContext,
  EvaluationRequest,
  EvaluationResult,
} from '../run/evaluation.request.js';
import { intervalsOf, meansOf } from '../run/told-figures.js';
import { taskName } from '../run/task-name.js';
import { inShares } from '../search/in-shares.js';
import { namedLearners } from '../search/learners-by-name.js';
import { Trials } from '../search/trials.js';
import { type ClickFigures, clickFigures, lossesOf } from './click.figures.js';
import { CLICK_LEARNERS } from './click.learners.js';
import { type ClickTask, openClicks } from './click.task.js';
import { evaluateLearner, type JudgedClicks } from './evaluate-learner.js';

/**
 * Predicts which cases are positive; a learner that cannot is left out with a note. Throws DataFileError,
 * EvaluationRequestError.
 */
export async function evaluateClicks(
  request: EvaluationRequest,
  context: EvaluationContext,
): Promise<EvaluationResult> {
  if (request.predictions !== undefined) throw noPredictions();
  const learners = namedLearners(CLICK_LEARNERS, request.models);
  const task = await openClicks(request.inputs);
  const trials = new Trials(await taskName(request), request.trials);
  const judging = { task, trials, seed: request.seed, ...context };
  const { results: judged, notes } = await inShares(learners, request.budgetMinutes * 60, (learner, seconds) =>
    evaluateLearner(learner, seconds, judging).catch(refused),
  );
  const worth = ({ validation }: JudgedClicks): number => auc(validation, task.validation.labels);
  const chosen = judged.reduce((best, one) => (worth(one) > worth(best) ? one : best));
  const curves = curvesOf(judged, task);
  return {
    protocol: request.protocol,
    chosen: chosen.learner.name,
    chosenBy: 'auc',
    data: { ...task.data, cases: task.test.count },
    models: judged.map((one, at) => toldModel(one, curves.figures[at]!)),
    comparisons: comparedWith(judged.indexOf(chosen), judged, { task, curves: curves.test }),
    notes: [...task.notes, ...notes],
    seed: request.seed,
  };
}

/** A training without end refuses the data as others do. */
function refused(error: unknown): never {
  throw error instanceof DivergedError ? new RangeError(error.message) : error;
}

interface Figures {
  readonly validation: ClickFigures;
  readonly test: ClickFigures;
}

function curvesOf(
  judged: readonly JudgedClicks[],
  { validation, test }: ClickTask,
): { readonly test: readonly ResampledAuc[]; readonly figures: readonly Figures[] } {
  const held = resampledAuc(
    judged.map((one) => one.validation),
    validation,
  );
  const tested = resampledAuc(
    judged.map((one) => one.test),
    test,
  );
  const figures = judged.map((one, at) => ({
    validation: clickFigures(held[at]!, one.validation, validation),
    test: clickFigures(tested[at]!, one.test, test),
  }));
  return { test: tested, figures };
}

const toldModel = (
  { learner, trial, tried, inFull, cpuSeconds }: JudgedClicks,
  { validation, test }: Figures,
): EvaluatedModel => ({
  name: learner.name,
  options: trial.options,
  asking: {},
  tried,
  inFull,
  validation: meansOf(validation),
  test: meansOf(test),
  intervals: { validation: intervalsOf(validation), test: intervalsOf(test) },
  slices: [],
  slates: null,
  fitSeconds: trial.seconds,
  cpuSeconds,
});

/** The chosen model against each other one on the same test cases: by AUC, and by the log loss of each case. */
function comparedWith(
  chosen: number,
  judged: readonly JudgedClicks[],
  { task, curves }: { readonly task: ClickTask; readonly curves: readonly ResampledAuc[] },
): readonly Comparison[] {
  const others = [...judged.keys()].filter((at) => at !== chosen);
  const losses = judged.map(({ test }) => lossesOf(test, task.test.labels));
  const comparedBy = (metric: string, differenceOf: (other: number) => TestedDifference): readonly Comparison[] => {
    const found = others.map(differenceOf);
    const corrected = holm(found.map(({ p }) => p));
    return others.map((at, i) => ({ model: judged[at]!.learner.name, metric, ...found[i]!, p: corrected[i]! }));
  };
  return [
    ...comparedBy('auc', (at) => aucDifference(curves[at]!, curves[chosen]!)),
    ...comparedBy('logLoss', (at) => differenceOverOwners(losses[at]!, losses[chosen]!, task.test.owners)),
  ];
}
