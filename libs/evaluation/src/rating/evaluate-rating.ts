import { noPredictions } from '../formats/evaluation.errors.js';
import { estimate, meanOf } from '../metrics/bootstrap.js';
import type {
  EvaluatedModel,
  EvaluationContext,
  EvaluationRequest,
  EvaluationResult,
  Intervals,
} from '../run/evaluation.request.js';
import { comparisonsOf, type CaseValues } from '../run/told-figures.js';
import { taskName } from '../run/task-name.js';
import { inShares } from '../search/in-shares.js';
import { learnersByName } from '../search/learners-by-name.js';
import { Trials } from '../search/trials.js';
import { blendRatings } from './blend-ratings.js';
import { evaluateLearner, rmseOf, squaresOf, type JudgedRatings } from './evaluate-learner.js';
import { RATING_LEARNERS } from './rating.learners.js';
import { openRatings } from './rating.task.js';

/** Predicts held-out ratings. Throws DataFileError, EvaluationRequestError. */
export async function evaluateRatings(
  request: EvaluationRequest,
  context: EvaluationContext,
): Promise<EvaluationResult> {
  if (request.predictions !== undefined) throw noPredictions();
  const { learners, blend } = learnersByName(RATING_LEARNERS, request.models);
  const task = await openRatings(request.inputs, request.seed);
  const trials = new Trials(await taskName(request), request.trials);
  const judging = { task, trials, seed: request.seed, ...context };
  const { results: alone, notes } = await inShares(learners, request.budgetMinutes * 60, (learner, seconds) =>
    evaluateLearner(learner, seconds, judging),
  );
  const judged = blend ? [...alone, blendRatings(alone, task)] : alone;
  const chosen = judged.reduce((best, one) => (rmseOf(one.validation) < rmseOf(best.validation) ? one : best));
  const { data } = task;
  return {
    protocol: request.protocol,
    chosen: chosen.learner.name,
    chosenBy: 'rmse',
    data: {
      users: data.userIds.length,
      items: data.itemIds.length,
      interactions: data.values.length,
      cases: task.tests.reduce((sum, { held }) => sum + held.values.length, 0),
    },
    models: judged.map(toldModel),
    comparisons: comparisonsOf(
      caseValues(chosen),
      judged.filter((one) => one !== chosen).map((one) => ({ name: one.learner.name, values: caseValues(one) })),
    ),
    notes: [
      ...(data.folds === undefined ? [`no column fold: five folds are drawn from seed ${request.seed}`] : []),
      ...notes,
    ],
    seed: request.seed,
  };
}

const maeOf = (errors: readonly number[]): number => meanOf(errors.map(Math.abs));

function toldModel({ learner, trial, tried, inFull, validation, test, cpuSeconds }: JudgedRatings): EvaluatedModel {
  return {
    name: learner.name,
    options: trial.options,
    asking: {},
    tried,
    inFull,
    validation: { rmse: rmseOf(validation), mae: maeOf(validation) },
    test: { rmse: meanOf(test.map(rmseOf)), mae: meanOf(test.map(maeOf)) },
    intervals: { validation: errorIntervals(validation), test: errorIntervals(test.flat()) },
    slices: [],
    slates: null,
    fitSeconds: trial.seconds,
    cpuSeconds,
  };
}

function errorIntervals(errors: readonly number[]): Intervals {
  const squares = estimate(squaresOf(errors));
  const sizes = estimate(errors.map(Math.abs));
  return { rmse: [Math.sqrt(squares.low), Math.sqrt(squares.high)], mae: [sizes.low, sizes.high] };
}

/** Squared errors: their mean differs as the models do, rating by rating. */
const caseValues = ({ test }: JudgedRatings): CaseValues => ({ squaredError: squaresOf(test.flat()) });
