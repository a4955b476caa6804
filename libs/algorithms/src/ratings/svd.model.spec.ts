import { StoppedError } from '@attune/numeric';
import { type Ratings } from '../data/ratings.js';
import { Draws } from './chance.draws.js';
import { factorPredictor } from './factor.ratings.js';
import { type SvdOptions } from './svd.descent.js';
import { fitSvd } from './svd.model.js';
import { fitSvdPlusPlus } from './svd-plus-plus.model.js';
import { chance, dense, expectClose, predictAll, ratingsOf, smallWorld } from './testing/small-world.js';

const world = smallWorld();
const options = { dims: 5, epochs: 4, rate: 0.05, penalty: 0.3, deviation: 0.2, random: chance(3) };
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, d) => sum + x * b[d]!, 0);

/** Every step of SVD++ as its paper writes it, each implied factor on its own; of SVD where nothing is implied. */
function reference(ratings: Ratings, by: Required<Omit<SvdOptions, 'progress' | 'shouldStop'>>, implies: boolean) {
  const { dims, epochs, rate, penalty, deviation } = by;
  const draws = new Draws(by.random);
  const factors = (count: number): number[][] =>
    Array.from({ length: count }, () => Array.from({ length: dims }, () => deviation * draws.normal()));
  const [p, q] = [factors(ratings.userCount), factors(ratings.itemCount)];
  const y = implies ? factors(ratings.itemCount) : [];
  const [bu, bi] = [p.map(() => 0), q.map(() => 0)];
  const sets = dense(ratings).map((row) => row.flatMap((value, item) => (value === undefined || !implies ? [] : item)));
  const mean = ratings.values.reduce((sum, x) => sum + x, 0) / ratings.values.length;
  const whole = (u: number): number[] =>
    p[u]!.map((x, d) => x + sets[u]!.reduce((sum, j) => sum + y[j]![d]!, 0) / Math.sqrt(sets[u]!.length || 1));
  const learn = (u: number, i: number, value: number): void => {
    const [user, item, own] = [whole(u), q[i]!.slice(), p[u]!.slice()];
    const error = value - mean - bu[u]! - bi[i]! - dot(user, item);
    bu[u]! += rate * (error - penalty * bu[u]!);
    bi[i]! += rate * (error - penalty * bi[i]!);
    for (let d = 0; d < dims; d++) {
      p[u]![d] = own[d]! + rate * (error * item[d]! - penalty * own[d]!);
      q[i]![d] = item[d]! + rate * (error * user[d]! - penalty * item[d]!);
      for (const j of sets[u]!)
        y[j]![d]! += rate * ((error * item[d]!) / Math.sqrt(sets[u]!.length) - penalty * y[j]![d]!);
    }
  };
  for (let epoch = 0; epoch < epochs; epoch++)
    dense(ratings).forEach((row, u) => row.forEach((value, i) => value !== undefined && learn(u, i, value)));
  return p.map((_, u) => q.map((item, i) => Math.min(5, Math.max(1, mean + bu[u]! + bi[i]! + dot(whole(u), item)))));
}

describe.each([
  ['SVD', fitSvd, false],
  ['SVD++', fitSvdPlusPlus, true],
] as const)('%s', (_, fit, implies) => {
  it.each([5, 4, 1])('with %d dims is what its gradient steps give', (dims) => {
    const found = factorPredictor(fit(world, { ...options, dims, random: chance(3) }));
    expectClose(predictAll(found, world), reference(world, { ...options, dims, random: chance(3) }, implies));
  });

  it('is the same for the same numbers, and another for others', () => {
    const [first, again, other] = [7, 7, 8].map((seed) => fit(world, { ...options, random: chance(seed) }));
    expect(again).toEqual(first);
    expect(other!.items).not.toEqual(first!.items);
  });

  it('knows the baseline of what it has no factor for, and takes a lone rating', () => {
    const model = fit(world, options);
    const { predict } = factorPredictor(model);
    expect(predict(-1, 2)).toBeCloseTo(model.baseline.mean + model.baseline.items[2]!, 6);
    expect(predict(99, -1)).toBeCloseTo(model.baseline.mean, 6);
    const lone = ratingsOf([[0, 0, 4]], { userCount: 1, itemCount: 1 });
    expect(factorPredictor(fit(lone, { ...options, deviation: 0 })).predict(0, 0)).toBeCloseTo(4, 6);
  });

  it('reports up to the total, stops on request and refuses bad options', () => {
    const seen: [number, number][] = [];
    fit(world, { ...options, progress: (done, total) => seen.push([done, total]) });
    const total = options.epochs * world.values.length;
    expect([seen[0], seen.at(-1)]).toEqual([
      [0, total],
      [total, total],
    ]);
    expect(() => fit(world, { ...options, shouldStop: () => true })).toThrow(StoppedError);
    expect(() => fit(world, { ...options, dims: 0 })).toThrow('dims must be >= 1, got 0');
    expect(() => fit(world, { ...options, rate: 0 })).toThrow('rate must be above 0, got 0');
    expect(() => fit(world, { ...options, penalty: NaN })).toThrow('penalty must be >= 0, got NaN');
  });
});
