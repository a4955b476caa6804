import { fitRatingWeights, type Ratings, type RatingWeights } from '@attune/algorithms';
import type { JudgedRatings } from './evaluate-learner.js';
import type { RatingTask } from './rating.task.js';
import { BLEND } from '../search/learners-by-name.js';

/** L2 penalty of the weights: as so many ratings. */
const PENALTY = 10;

/** The blend of models that were judged: weights by ridge regression on the validation ratings (Breiman 1996). */
export function blendRatings(members: readonly JudgedRatings[], { validation, tests }: RatingTask): JudgedRatings {
  const before = process.cpuUsage();
  const predictions = members.map((member) => predictionsOf(member.validation, validation.held));
  const weights = fitRatingWeights(predictions, validation.held.values, PENALTY);
  const test = tests.map(({ held }, fold) =>
    blendErrors(
      weights,
      members.map((member) => predictionsOf(member.test[fold]!, held)),
      held,
    ),
  );
  const { user, system } = process.cpuUsage(before);
  const named = members.map(({ learner }, m) => [learner.name, Number(weights.weights[m]!.toFixed(4))] as const);
  const seconds = members.reduce((sum, { trial }) => sum + trial.seconds, 0);
  return {
    learner: { name: BLEND },
    trial: { model: BLEND, options: Object.fromEntries(named), asking: {}, figure: NaN, seconds },
    tried: 1,
    inFull: 1,
    validation: blendErrors(weights, predictions, validation.held),
    test,
    cpuSeconds: (user + system) / 1e6,
  };
}

const predictionsOf = (errors: readonly number[], { values }: Ratings): Float32Array =>
  Float32Array.from(errors, (error, i) => values[i]! + error);

function blendErrors(
  { weights, offset }: RatingWeights,
  predictions: readonly Float32Array[],
  { values, scale: [low, high] }: Ratings,
): readonly number[] {
  return Array.from(values, (value, i) => {
    const blended = predictions.reduce((sum, ofMember, m) => sum + weights[m]! * ofMember[i]!, offset);
    return Math.min(high, Math.max(low, blended)) - value;
  });
}
