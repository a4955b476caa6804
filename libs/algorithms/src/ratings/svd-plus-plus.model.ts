import { axpy, type Csr } from '@attune/numeric';
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
 * SVD++ (Koren 2008): a user's factor is his own + Σ of the implied factors of what he rated, by the root of its count.
 * Throws RangeError for bad ratings or options, StoppedError. Progress is in ratings times epochs.
 *
 * Each step adds the same to all implied factors of a user and shrinks them alike, so that their sum moves as his own
 * factor does: a step costs what it does without them, and they are brought up to date once a user.
 */
export function fitSvdPlusPlus(ratings: Ratings, options: SvdOptions): FactorRatings {
  const { dims = 20, epochs = 20, rate = 0.007, penalty = 0.02, deviation = 0.1, random } = options;
  checkSvd(options);
  const table = ratingTable(ratings);
  const { byUser } = table;
  const draw = normals(deviation, random);
  const model = startFactors(table, dims, draw);
  const implied = Float32Array.from({ length: byUser.cols * dims }, draw);
  const descent = openDescent(table, model, { rate, penalty, gain: 2 });
  const keep = 1 - rate * penalty;
  const whole = new Float64Array(dims);
  const before = new Float64Array(dims);
  eachUser(table, epochs, options, (user) => {
    const own = model.users.subarray(user * dims, (user + 1) * dims);
    const { indices } = byUser.row(user);
    sumImplied(whole.fill(0), implied, indices);
    axpy(whole, own, 0, 1, dims);
    before.set(whole);
    descent.factor.set(whole);
    model.baseline.users[user] = descent.learn(user, model.baseline.users[user]!);
    const kept = keep ** indices.length;
    // Half of what was added went to the user's own factor, half to the sum of the implied ones.
    for (let d = 0; d < dims; d++) {
      const added = (descent.factor[d]! - kept * before[d]!) / 2;
      own[d] = kept * own[d]! + added;
      before[d] = added / Math.sqrt(indices.length);
    }
    for (let k = 0; k < indices.length; k++) {
      const at = indices[k]! * dims;
      for (let d = 0; d < dims; d++) implied[at + d] = kept * implied[at + d]! + before[d]!;
    }
  });
  closeDescent(descent, model);
  addImplied(model, byUser, implied);
  return model;
}

/** Replaces each user's own factor by the whole. */
function addImplied({ users, dims }: FactorRatings, byUser: Csr, implied: Float32Array): void {
  const sum = new Float64Array(dims);
  for (let user = 0; user < byUser.rows; user++) {
    sumImplied(sum.fill(0), implied, byUser.row(user).indices);
    for (let d = 0; d < dims; d++) users[user * dims + d]! += sum[d]!;
  }
}

function sumImplied(sum: Float64Array, implied: Float32Array, indices: Int32Array): void {
  const weight = 1 / Math.sqrt(indices.length);
  for (let k = 0; k < indices.length; k++) axpy(sum, implied, indices[k]! * sum.length, weight, sum.length);
}
