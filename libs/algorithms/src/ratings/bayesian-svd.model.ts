import { reportStep, type Watch } from '@attune/numeric';
import { type Ratings } from '../data/ratings.js';
import { BayesianChain, BIASES, ITEM_BIAS, USER_BIAS } from './bayesian.chain.js';
import { type Coordinate } from './bayesian.side.js';
import { Draws } from './chance.draws.js';
import { type FactorRatings } from './factor.ratings.js';
import { ratingTable } from './rating.table.js';

export interface BayesianSvdOptions extends Watch {
  /** Length of a factor, >= 1. Default 32. */
  readonly dims?: number;
  /** Sweeps before the first sample, >= 0. Default 40. */
  readonly burnIn?: number;
  /** Samples that are kept, >= 1. Default 40. */
  readonly samples?: number;
  /** Sweeps from a sample to the next, >= 1. Default 4. */
  readonly every?: number;
  /** Uniform in [0, 1). The same numbers give the same model. */
  readonly random: () => number;
}

/**
 * Bayesian SVD++, flipped (Salakhutdinov and Mnih 2008, Rendle 2012 and, for the factors implied on both sides, Rendle,
 * Zhang and Koren 2019): predictions are means over samples of a Gibbs chain, so that there is no rate or penalty to
 * choose. The model's factors are those of all samples in a row, of `dims` × `samples` numbers.
 * A sweep costs about 8 × dims × ratings multiply-adds.
 * Throws RangeError for bad ratings or options, StoppedError. Progress is in coordinates times
 * sweeps.
 */
export function fitBayesianSvd(ratings: Ratings, options: BayesianSvdOptions): FactorRatings {
  const { dims = 32, burnIn = 40, samples = 40, every = 4 } = options;
  for (const [name, value] of Object.entries({ dims, samples, every }))
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} must be >= 1, got ${value}`);
  if (!(Number.isInteger(burnIn) && burnIn >= 0)) throw new RangeError(`burnIn must be >= 0, got ${burnIn}`);
  const table = ratingTable(ratings);
  const { mean, scale, byUser, byItem } = table;
  const baseline = { mean, users: new Float32Array(byUser.rows), items: new Float32Array(byItem.rows), scale };
  const factors = (rows: number): Float32Array => new Float32Array(rows * dims * samples);
  const model = { baseline, users: factors(byUser.rows), items: factors(byItem.rows), dims: dims * samples };
  const chain = new BayesianChain(table, dims, new Draws(options.random));
  const sweeps = burnIn + samples * every;
  const steps = dims + BIASES;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    chain.drawNoise();
    for (let at = 0; at < steps; at++) {
      reportStep(options, sweep * steps + at, sweeps * steps);
      chain.drawCoordinate(at);
    }
    const sample = (sweep + 1 - burnIn) / every - 1;
    if (sample >= 0 && Number.isInteger(sample)) keep(chain, model, sample, samples);
  }
  reportStep(options, sweeps * steps, sweeps * steps);
  return model;
}

/** Writes a sample's factors beside those of the others, so that one product is the mean of all. */
function keep(
  chain: BayesianChain,
  { baseline, users, items, dims }: FactorRatings,
  at: number,
  samples: number,
): void {
  const share = 1 / Math.sqrt(samples);
  const width = dims / samples;
  const write = (factors: Float32Array, coordinates: BayesianChain['users']): void =>
    coordinates.slice(BIASES).forEach(({ effective }, d) => {
      for (let row = 0; row < effective.length; row++) factors[row * dims + at * width + d] = share * effective[row]!;
    });
  const addBias = (biases: Float32Array, { effective }: Coordinate): void =>
    effective.forEach((value, row) => (biases[row]! += value / samples));
  write(users, chain.users);
  write(items, chain.items);
  addBias(baseline.users, chain.users[USER_BIAS]!);
  addBias(baseline.items, chain.items[ITEM_BIAS]!);
}
