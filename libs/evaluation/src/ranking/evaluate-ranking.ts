import { meanOf } from '../metrics/bootstrap.js';
import { inShares } from '../search/in-shares.js';
import { learnersByName } from '../search/learners-by-name.js';
import { Trials } from '../search/trials.js';
import type {
  EvaluatedModel,
  EvaluationContext,
  EvaluationRequest,
  EvaluationResult,
} from '../run/evaluation.request.js';
import { comparisonsOf, estimatesOf, intervalsOf, meansOf, type CaseValues } from '../run/told-figures.js';
import { taskName } from '../run/task-name.js';
import { evaluateBlend } from './evaluate-blend.js';
import { evaluateLearner, sizeOf, valuesOf, type JudgedLearner } from './evaluate-learner.js';
import { assertPredictable, writePredictions } from './predictions.js';
import type { RankingProtocol, RankingTask } from './ranking.task.js';
import { RECOMMENDER_LEARNERS } from './recommender.learners.js';
import { slicesOf, type Slice } from './slices.js';

/** How much of the time is kept for learning again, for predictions. */
const KEPT_FOR_PREDICTIONS = 0.35;

/** Runs a protocol that ranks the catalogue. Throws DataFileError, EvaluationRequestError. */
export async function evaluateRanking(
  { ordered, timed = false, open }: RankingProtocol,
  request: EvaluationRequest,
  context: EvaluationContext,
): Promise<EvaluationResult> {
  const { protocol, models, inputs, predictions, seed, threads = 1 } = request;
  const { learners, blend } = learnersByName(
    RECOMMENDER_LEARNERS.filter(
      ({ needsOrder = false, needsTimes = false }) => (ordered || !needsOrder) && (timed || !needsTimes),
    ),
    models,
  );
  const task = await open(inputs);
  if (predictions !== undefined) assertPredictable(predictions, task);
  const trials = new Trials(await taskName(request), request.trials);
  const running = { task, trials, seed, threads, ...context };
  const share = predictions === undefined ? 1 : 1 - KEPT_FOR_PREDICTIONS;
  const { results: alone, notes } = await inShares(learners, request.budgetMinutes * 60 * share, (learner, seconds) =>
    evaluateLearner(learner, seconds, running),
  );
  const judged = blend ? [...alone, await evaluateBlend(alone, task, seed)] : alone;
  const figure = ({ validation }: JudgedLearner): number => meanOf(validation.values(task.chosenBy));
  const chosen = judged.reduce((best, one) => (figure(one) > figure(best) ? one : best));
  if (predictions !== undefined) await writePredictions(predictions, chosen, running);
  const slices = slicesOf(task);
  return {
    protocol,
    chosen: chosen.learner.name,
    chosenBy: task.chosenBy,
    data: { ...sizeOf(task), cases: task.test.length },
    models: judged.map((one) => toldModel(one, task, slices)),
    comparisons: comparisonsOf(
      figureValues(chosen, task),
      judged
        .filter((one) => one !== chosen)
        .map((one) => ({ name: one.learner.name, values: figureValues(one, task) })),
    ),
    notes: [...task.notes, ...notes],
    seed,
  };
}

function toldModel(judged: JudgedLearner, task: RankingTask, slices: readonly Slice[]): EvaluatedModel {
  const { learner, trial, tried, inFull, slates, cpuSeconds } = judged;
  const [validation, test] = [judged.validation, judged.test].map((ranking) => estimatesOf(valuesOf(ranking, task)));
  return {
    name: learner.name,
    options: trial.options,
    asking: trial.asking,
    tried,
    inFull,
    validation: meansOf(validation!),
    test: meansOf(test!),
    intervals: { validation: intervalsOf(validation!), test: intervalsOf(test!) },
    slices: slices.map(({ name, cases }) => {
      const estimates = estimatesOf(valuesOf(judged.test, task, cases));
      return { name, users: cases.length, test: meansOf(estimates), intervals: intervalsOf(estimates) };
    }),
    slates,
    fitSeconds: trial.seconds,
    cpuSeconds,
  };
}

/** What the choice is made by, one value a test case. */
const figureValues = ({ test }: JudgedLearner, { chosenBy }: RankingTask): CaseValues => ({
  [chosenBy]: test.values(chosenBy),
});
