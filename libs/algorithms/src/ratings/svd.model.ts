import { type Ratings } from '../data/ratings.js';
import { type FactorRatings } from './factor.ratings.js';
import { ratingTable } from './rating.table.js';
import {
  checkSvd,
  closeDescent,
  eachUser,
  normals,
  openDescent,
  startFactors,
  type SvdOptions,
} from './svd.descent.js';

/**
 * Biased matrix factorization by stochastic gradient descent, user by user (Koren, Bell and Volinsky 2009).
 * Throws RangeError for bad ratings or options, StoppedError. Progress is in ratings times epochs.
 */
export function fitSvd(ratings: Ratings, options: SvdOptions): FactorRatings {
  const { dims = 100, epochs = 20, rate = 0.005, penalty = 0.02, deviation = 0.1, random } = options;
  checkSvd(options);
  const table = ratingTable(ratings);
  const model = startFactors(table, dims, normals(deviation, random));
  const { users, baseline } = model;
  const descent = openDescent(table, model, { rate, penalty, gain: 1 });
  const { factor } = descent;
  eachUser(table, epochs, options, (user) => {
    factor.set(users.subarray(user * dims, (user + 1) * dims));
    baseline.users[user] = descent.learn(user, baseline.users[user]!);
    users.set(factor.subarray(0, dims), user * dims);
  });
  closeDescent(descent, model);
  return model;
}
