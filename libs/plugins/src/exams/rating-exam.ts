import { fitBaseline, foldInBaseline, type OwnRatings, type RatingOf, type Ratings } from '@attune/algorithms';
import { reportStep } from '@attune/numeric';
import type { TrainingData, Vocabulary } from '@attune/sdk';
import type { PredictedRatings } from '../models/rating.model.js';
import { sourceOf, type ModelOf } from '../models/shared-model.js';
import type { Exam, Judged } from './exam.js';
import { mean, rounded, standardError } from './figures.js';
import { holdOutRaters, type RaterHoldOut } from './held-out-raters.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { learnableRatings } from '../logs/rating-log.js';
import type { RatingTrainingOptions } from './rating-options.js';

/** Ratings that a user's bias is shrunk by, in what the model is compared with. */
const USER_PENALTY = 15;

/**
 * Asks a model what users held out gave last, and mean + biases the same, the user's folded in: squared errors, each user's
 * mean counting alike. The model's root is to be at most that of the biases, with two standard errors of the difference, by
 * `gate`.
 */
export const ratingExam = (modelOf: ModelOf<PredictedRatings>): Exam<RatingTrainingOptions, RaterHoldOut> => ({
  holdOut: (data, { types }, random) => holdOutRaters(data, types, random),
  judge(draft, held, { types, gate }, run) {
    const watch = watchOf(run);
    const model = modelOf(sourceOf(draft));
    const biases = biasesOf(learnableRatings(held.rest, types).ratings);
    const errors: number[] = [];
    const byBiases: number[] = [];
    held.users.forEach((user, u) => {
      reportStep(watch, u, held.users.length);
      const asked = known(user.asked, held.rest, model.items);
      if (asked.rows.length === 0) return;
      const before = known(user.before, held.rest, model.items);
      errors.push(errorOf(model.predict(before) ?? biases({ rows: [], values: [] }), asked, model.scale));
      byBiases.push(errorOf(biases(before), asked, model.scale));
    });
    reportStep(watch, held.users.length, held.users.length);
    return Promise.resolve(verdict(errors, byBiases, gate));
  },
});

function verdict(errors: readonly number[], byBiases: readonly number[], gate: number): Judged {
  const users = errors.length;
  if (users === 0) {
    const metric = 'users held out whose last ratings are of items that others rated';
    return { figures: { users }, evaluation: { metric, value: users, minimum: 1 } };
  }
  const figures = { users, rmse: rounded(Math.sqrt(mean(errors))), biases: rounded(Math.sqrt(mean(byBiases))) };
  const slack = 2 * standardError(errors.map((error, u) => gate ** 2 * error - byBiases[u]!));
  const metric = `minus RMSE of ${users} users held out, where mean and biases have ${-figures.biases},`;
  const minimum = -precise(Math.sqrt(mean(byBiases) + slack) / gate);
  return { figures, evaluation: { metric, value: -precise(Math.sqrt(mean(errors))), minimum } };
}

/** To six digits: ratings may be of any scale. */
const precise = (value: number): number => Number(value.toPrecision(6));

/** Those of items that the model knows, by its rows. */
function known({ rows, values }: OwnRatings, { itemIds }: TrainingData, items: Vocabulary): OwnRatings {
  const found = Array.from(rows, (row, k) => ({ row: items.row(itemIds[row]!), value: values[k]! }));
  const told = found.filter(({ row }) => row >= 0);
  return { rows: told.map(({ row }) => row), values: told.map(({ value }) => value) };
}

/** Mean squared error of a user's predictions, clipped to the scale. */
function errorOf(ratingOf: RatingOf, { rows, values }: OwnRatings, [low, high]: readonly [number, number]): number {
  return mean(Array.from(rows, (row, k) => (Math.min(high, Math.max(low, ratingOf(row))) - values[k]!) ** 2));
}

/** What mean and biases have a user give; rows are those of a model that was learned from the same ratings. */
function biasesOf(ratings: Ratings): (own: OwnRatings) => RatingOf {
  const base = fitBaseline(ratings, { userPenalty: USER_PENALTY });
  const model = { mean: base.mean, biases: base.items };
  return (own) => {
    const level = base.mean + foldInBaseline(model, USER_PENALTY, own);
    return (item) => level + base.items[item]!;
  };
}
