import { StoppedError } from '@attune/numeric';
import { type Ratings } from '../data/ratings.js';
import { baselinePredictor, fitBaseline } from './baseline.model.js';
import { BayesianChain } from './bayesian.chain.js';
import { type BayesianSvdOptions, fitBayesianSvd } from './bayesian-svd.model.js';
import { Draws } from './chance.draws.js';
import { factorPredictor } from './factor.ratings.js';
import { ratingTable } from './rating.table.js';
import { chance, predictAll, ratingsOf, smallWorld } from './testing/small-world.js';

const world = smallWorld();
const options = (changes: Partial<BayesianSvdOptions> = {}): BayesianSvdOptions => ({
  dims: 3,
  burnIn: 2,
  samples: 4,
  every: 2,
  random: chance(5),
  ...changes,
});

/** Draws of a mean: no chance, so that a sweep can be worked out. */
class MeanDraws extends Draws {
  override normal(): number {
    return 0;
  }
  override gamma(shape: number): number {
    return shape;
  }
}

/** 60 users and 40 items with factors of length 2, a third of the pairs in training and the rest in test. */
function plantedWorld(): { train: Ratings; test: Ratings } {
  const draws = new Draws(chance(23));
  const factors = (count: number): number[][] => Array.from({ length: count }, () => [draws.normal(), draws.normal()]);
  const [users, items] = [factors(60), factors(40)];
  const random = chance(29);
  const rows = users.flatMap(([a, b], u) =>
    items.map(([c, d], i) => [u, i, Math.min(9, Math.max(-9, a! * c! + b! * d! + 0.2 * draws.normal()))] as const),
  );
  const inTrain = rows.map(() => random() < 0.33);
  const part = (train: boolean): Ratings =>
    ratingsOf(
      rows.filter((_, k) => inTrain[k] === train),
      { userCount: 60, itemCount: 40 },
      [-9, 9],
    );
  return { train: part(true), test: part(false) };
}

function rmse(predict: (user: number, item: number) => number, { users, items, values }: Ratings): number {
  const squares = values.reduce((sum, value, k) => sum + (value - predict(users[k]!, items[k]!)) ** 2, 0);
  return Math.sqrt(squares / values.length);
}

/** A number of a side's row, and what else is needed of the two sides, as matrices of a least squares problem. */
function conditionalMean(given: {
  /** How much a step of the number moves each rating's prediction. */
  readonly effects: readonly number[];
  readonly residuals: readonly number[];
  readonly old: number;
  readonly prior: { readonly mean: number; readonly precision: number };
  readonly noise: number;
}): number {
  const { effects, residuals, old, prior, noise } = given;
  const square = effects.reduce((sum, x) => sum + x * x, 0);
  const product = effects.reduce((sum, x, k) => sum + x * (residuals[k]! + x * old), 0);
  return (prior.precision * prior.mean + noise * product) / (prior.precision + noise * square);
}

/** Mean and precision of a group where draws are means. */
function priorOf(values: readonly number[]): { mean: number; precision: number } {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / (n + 1);
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, mean * mean);
  return { mean, precision: (n + 2) / (1 + squares) };
}

describe('BayesianChain', () => {
  it('draws each bias, then each implied one, about its mean given all others', () => {
    const ratings = ratingsOf(
      [
        [0, 0, 5],
        [0, 1, 5],
        [1, 1, 2],
      ],
      { userCount: 2, itemCount: 2 },
    );
    const chain = new BayesianChain(ratingTable(ratings), 1, new MeanDraws(chance(1)));
    chain.drawNoise();
    chain.drawCoordinate(0);
    let residuals = [1, 1, -2];
    const noise = (3 + 1) / (6 + 1);
    const move = (effects: readonly number[], values: number[], at: number): void => {
      const old = values[at]!;
      values[at] = conditionalMean({ effects, residuals, old, prior, noise });
      residuals = residuals.map((x, k) => x - effects[k]! * (values[at]! - old));
    };
    const root = Math.SQRT1_2;
    let prior = priorOf([0, 0]);
    const own = [0, 0];
    move([1, 1, 0], own, 0);
    move([0, 0, 1], own, 1);
    prior = priorOf([0, 0]);
    const implied = [0, 0];
    move([root, root, 0], implied, 0);
    move([root, root, 1], implied, 1);
    const whole = [own[0]! + root * (implied[0]! + implied[1]!), own[1]! + implied[1]!];
    expect([...chain.users[0]!.effective].map((x) => x.toFixed(9))).toEqual(whole.map((x) => x.toFixed(9)));
  });

  it('keeps effective numbers the sum of their parts', () => {
    const { byUser, byItem } = ratingTable(world);
    const chain = new BayesianChain(ratingTable(world), 2, new Draws(chance(2)));
    for (let sweep = 0; sweep < 3; sweep++) {
      chain.drawNoise();
      for (let at = 0; at < 4; at++) chain.drawCoordinate(at);
    }
    for (const [side, rows] of [
      [chain.users, byUser],
      [chain.items, byItem],
    ] as const)
      for (const { own, implied, effective } of side)
        own.forEach((value, row) => {
          const set = [...rows.row(row).indices];
          const sum = set.reduce((total, other) => total + implied[other]!, 0) / Math.sqrt(set.length || 1);
          expect(effective[row]).toBeCloseTo(value + sum, 9);
        });
  });
});

describe('Bayesian SVD', () => {
  it('predicts the mean over the samples of its chain', () => {
    const table = ratingTable(world);
    const chain = new BayesianChain(table, 3, new Draws(chance(5)));
    const sums = Array.from({ length: world.userCount }, () => Array<number>(world.itemCount).fill(table.mean));
    for (let sweep = 1; sweep <= 10; sweep++) {
      chain.drawNoise();
      for (let at = 0; at < 5; at++) chain.drawCoordinate(at);
      if (![4, 6, 8, 10].includes(sweep)) continue;
      const product = (u: number, i: number): number =>
        chain.users.reduce((sum, { effective }, at) => sum + effective[u]! * chain.items[at]!.effective[i]!, 0);
      sums.forEach((row, u) => row.forEach((_, i) => (row[i]! += product(u, i) / 4)));
    }
    const found = predictAll(factorPredictor(fitBayesianSvd(world, options())), world);
    found.forEach((row, u) =>
      row.forEach((value, i) => expect(value).toBeCloseTo(Math.min(5, Math.max(1, sums[u]![i]!)), 4)),
    );
  });

  it('finds planted factors down to their noise', () => {
    const { train, test } = plantedWorld();
    const model = fitBayesianSvd(train, { dims: 4, burnIn: 40, samples: 20, random: chance(1) });
    const error = rmse(factorPredictor(model).predict, test);
    expect(error).toBeLessThan(0.4);
    expect(rmse(baselinePredictor(fitBaseline(train)).predict, test)).toBeGreaterThan(3 * error);
  });

  it('takes a lone rating and equal ones', () => {
    const lone = ratingsOf([[0, 0, 4]], { userCount: 1, itemCount: 1 });
    expect(factorPredictor(fitBayesianSvd(lone, options())).predict(0, 0)).toBeGreaterThan(2);
    const rows = Array.from({ length: 200 }, (_, k) => [k % 20, k % 19, 3] as const);
    const equal = ratingsOf(rows, { userCount: 20, itemCount: 20 });
    const { predict } = factorPredictor(fitBayesianSvd(equal, options({ burnIn: 20, samples: 20 })));
    expect(Math.abs(predict(0, 0) - 3)).toBeLessThan(0.2);
    expect(predict(-1, -1)).toBe(3);
  });

  it('is the same for the same numbers, and another for others', () => {
    const [first, again, other] = [7, 7, 8].map((seed) => fitBayesianSvd(world, options({ random: chance(seed) })));
    expect(again).toEqual(first);
    expect(other!.items).not.toEqual(first!.items);
  });

  it('reports up to the total, stops on request and refuses bad options', () => {
    const seen: [number, number][] = [];
    fitBayesianSvd(world, options({ progress: (done, total) => seen.push([done, total]) }));
    expect(seen).toEqual(Array.from({ length: 51 }, (_, done) => [done, 50]));
    expect(() => fitBayesianSvd(world, options({ shouldStop: () => true }))).toThrow(StoppedError);
    expect(() => fitBayesianSvd(world, options({ dims: 0 }))).toThrow('dims must be >= 1, got 0');
    expect(() => fitBayesianSvd(world, options({ samples: 1.5 }))).toThrow('samples must be >= 1, got 1.5');
    expect(() => fitBayesianSvd(world, options({ burnIn: -1 }))).toThrow('burnIn must be >= 0, got -1');
  });
});

describe('Draws', () => {
  it('have the mean and deviation that is asked for', () => {
    const draws = new Draws(chance(3));
    const moments = (draw: () => number): [number, number] => {
      const values = Array.from({ length: 20_000 }, draw);
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      return [mean, values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length];
    };
    const [center, variance] = moments(() => draws.normal());
    expect(Math.abs(center)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
    for (const shape of [1, 2.5, 40]) {
      const [mean, spread] = moments(() => draws.gamma(shape));
      expect(Math.abs(mean / shape - 1)).toBeLessThan(0.03);
      expect(Math.abs(spread / shape - 1)).toBeLessThan(0.08);
    }
  });
});
