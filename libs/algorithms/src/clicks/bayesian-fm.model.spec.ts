import { StoppedError } from '@attune/numeric';
import { artifactDigest, decodeArtifact, encodeArtifact } from '../artifact.codec.js';
import type { ClickData } from '../data/clicks.js';
import { Draws } from '../ratings/chance.draws.js';
import { bayesianFmArtifact, bayesianFmOf } from './bayesian-fm.artifact.js';
import { bayesianFmProbabilities, type BayesianFmOptions, fitBayesianFm } from './bayesian-fm.model.js';
import { clickProbabilities, fitLogisticRegression } from './factorization.model.js';
import { entriesOf, layoutOf } from './field.layout.js';
import { normalShare } from './probability.kernel.js';
import { seeded } from '../testing/seeded.js';
import { allPairs, badClicks, fourCases, likedPairs, numbers, oneOf, several, tastes } from './testing/click-worlds.js';

const small = { dims: 2, burnIn: 3, samples: 4, every: 2 };
const fit = (data: ClickData, options: Partial<BayesianFmOptions> = {}) =>
  fitBayesianFm(data, { ...small, random: seeded(5), ...options });

/** Fields of each kind, and nobody of whom nothing is known. */
const mixed: ClickData = {
  fields: [
    oneOf([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 3),
    several([[0, 1], [1], [0], [0, 1], [1], [0], [0], [0, 1], [1], [1], [0], [1]], 2, 2),
    numbers([1, 2, -1, 4, 0, 3, 1, 0, -2, 1, 2, 2]),
  ],
  count: 12,
  labels: Uint8Array.of(1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0),
};

/** Rows of each group of `mixed` that share a distribution: two categories, two, and the slope of the numbers. */
const GROUPS = [[1, 2], [4, 5], [7]];

/**
 * Means over the posterior by importance sampling: machines from their prior (a bias from Cauchy's distribution, told by
 * 1 + b² as if it were even), weighed by the likelihood.
 */
function posteriorMeans(
  data: ClickData,
  { dims, spread, draws: count }: { dims: number; spread: number; draws: number },
) {
  const layout = layoutOf(data);
  const { rows, values } = entriesOf(layout, data);
  const draws = new Draws(seeded(11));
  const numbersOf = (): number[] => {
    const all = Array<number>(layout.rows).fill(0);
    for (const group of GROUPS) {
      const precision = draws.gamma(1) / (spread / 2);
      const mean = draws.normal() / Math.sqrt(precision);
      for (const row of group) all[row] = mean + draws.normal() / Math.sqrt(precision);
    }
    return all;
  };
  const sums = Array<number>(data.count).fill(0);
  let total = 0;
  for (let draw = 0; draw < count; draw++) {
    const bias = draws.normal() / draws.normal();
    const [weights, ...factors] = Array.from({ length: 1 + dims }, numbersOf);
    let likelihood = 1 + bias * bias;
    const shares = sums.map((_, at) => {
      let probit = bias;
      for (let i = at * layout.width; i < (at + 1) * layout.width; i++) {
        probit += weights![rows[i]!]! * values[i]!;
        for (let j = at * layout.width; j < i; j++)
          for (const factor of factors) probit += factor[rows[i]!]! * factor[rows[j]!]! * values[i]! * values[j]!;
      }
      const share = normalShare(probit);
      likelihood *= data.labels[at] === 1 ? share : 1 - share;
      return share;
    });
    total += likelihood;
    shares.forEach((share, at) => (sums[at]! += likelihood * share));
  }
  return sums.map((sum) => sum / total);
}

describe('fitBayesianFm', () => {
  it.each([0.1, 0.02])('gives the means over the posterior, of a spread of %f', (spread) => {
    const model = fit(mixed, { dims: 1, spread, burnIn: 200, samples: 6_000, every: 3 });
    const expected = posteriorMeans(mixed, { dims: 1, spread, draws: 60_000 });
    bayesianFmProbabilities(model, mixed).forEach((p, at) => expect(Math.abs(p - expected[at]!)).toBeLessThan(0.02));
  });

  it('learns tastes that logistic regression cannot, with probabilities that hold', () => {
    const data = tastes(2_000, 5);
    const told = bayesianFmProbabilities(fit(data, { dims: 4, burnIn: 40, samples: 20 }), allPairs);
    told.forEach((p, i) => expect(Math.abs(p - (likedPairs[i] ? 0.8 : 0.2))).toBeLessThan(0.15));
    const regression = clickProbabilities(fitLogisticRegression(data, { random: seeded(3) }), allPairs);
    for (const p of regression) expect(Math.abs(p - 0.5)).toBeLessThan(0.15);
  });

  it('tells of unknown users what is true of the others', () => {
    const items = Array.from({ length: 2_000 }, (_, i) => i % 6);
    const data = {
      fields: [
        oneOf(
          items.map((_, i) => Math.floor(i / 7) % 8),
          10,
        ),
        oneOf(items, 6),
      ],
      count: 2_000,
      labels: Uint8Array.from(items, (i) => 1 - (i % 2)),
    };
    const model = fit(data, { burnIn: 40, samples: 20 });
    const strangers = { fields: [oneOf([8, 9, -1, 8], 10), oneOf([0, 0, 0, 1], 6)], count: 4 };
    const [one, other, none, odd] = bayesianFmProbabilities(model, strangers);
    expect([other, none]).toEqual([one, one]);
    expect(one).toBeGreaterThan(0.8);
    expect(odd).toBeLessThan(0.2);
  });

  it('learns what it means that nothing is known', () => {
    const users = Array.from({ length: 300 }, (_, i) => (i % 3) - 1);
    const data = {
      fields: [oneOf(users, 2), numbers(users.map((_, i) => (i % 5 === 0 ? NaN : i % 7)))],
      count: 300,
      labels: Uint8Array.from(users, (user, i) => Number(user < 0) ^ Number(i % 5 === 0)),
    };
    const model = fit(data, { burnIn: 40, samples: 20 });
    const cases = { fields: [oneOf([-1, 0, -1, 0], 2), numbers([3, 3, NaN, NaN])], count: 4 };
    const [some, none, other, last] = bayesianFmProbabilities(model, cases);
    for (const yes of [some, last]) expect(yes).toBeGreaterThan(0.8);
    for (const no of [none, other]) expect(no).toBeLessThan(0.2);
  });

  it('is sure of nothing, however plain the data and however far out a number', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i === 7 ? 1e20 : i % 2));
    const plain = {
      fields: [numbers(values)],
      count: 200,
      labels: Uint8Array.from(values, (value) => Math.min(1, value)),
    };
    const model = fit(plain, { burnIn: 100, samples: 20 });
    const told = bayesianFmProbabilities(model, { fields: [numbers([3e38, -3e38, NaN])], count: 3 });
    for (const p of told) expect(p > 0 && p < 1).toBe(true);
    expect(told[0]).toBeGreaterThan(told[1]!);
    // No number was missing before: where one is nothing is added.
    const bare = model.samples.reduce((sum, { bias }) => sum + normalShare(bias), 0) / model.samples.length;
    expect(told[2]).toBeCloseTo(bare, 6);
    expect(bayesianFmProbabilities(model, { fields: [numbers([])], count: 0 })).toHaveLength(0);
  });

  it('gives the same model for the same chance', () => {
    const model = fit(mixed);
    expect(fit(mixed)).toEqual(model);
    expect(model.samples).toHaveLength(4);
    expect(fit(mixed, { random: seeded(6) })).not.toEqual(model);
  });

  it('reports its way, and stops on request', () => {
    const steps: number[][] = [];
    fit(mixed, { progress: (done, total) => steps.push([done, total]) });
    expect(steps).toEqual(Array.from({ length: 34 }, (_, done) => [done, 33]));
    let looks = 0;
    expect(() => fit(mixed, { shouldStop: () => ++looks > 5 })).toThrow(StoppedError);
  });

  it.each(badClicks)('refuses %s', (_, bad, message) => {
    expect(() => fit({ ...fourCases, ...bad })).toThrow(message);
  });

  it.each([
    [{ dims: 0 }, /^dims must be a whole number from 1, got 0$/],
    [{ burnIn: -1 }, /^burnIn must be a whole number from 0, got -1$/],
    [{ burnIn: 0.5 }, /^burnIn must be a whole number from 0, got 0.5$/],
    [{ samples: NaN }, /^samples must be a whole number from 1, got NaN$/],
    [{ every: 0 }, /^every must be a whole number from 1, got 0$/],
    [{ spread: 0 }, /^spread must be above 0, got 0$/],
    [{ spread: Infinity }, /^spread must be above 0, got Infinity$/],
  ])('refuses %j', (bad, message) => {
    expect(() => fit(mixed, bad)).toThrow(message);
  });

  it('refuses cases with other fields', () => {
    const model = fit(mixed);
    expect(() => bayesianFmProbabilities(model, fourCases)).toThrow('1 fields for a model of 3');
  });
});

describe('bayesianFmArtifact', () => {
  it('says the same when it is read again, under the same digest', () => {
    const model = fit(mixed);
    const bytes = encodeArtifact(bayesianFmArtifact(model));
    const read = bayesianFmOf(decodeArtifact(bytes));
    expect(read).toEqual(model);
    expect(bayesianFmProbabilities(read, mixed)).toEqual(bayesianFmProbabilities(model, mixed));
    expect(artifactDigest(encodeArtifact(bayesianFmArtifact(read)))).toBe(artifactDigest(bytes));
  });

  it('is not read from an artifact of something else', () => {
    const artifact = bayesianFmArtifact(fit(mixed));
    expect(() => bayesianFmOf({ ...artifact, name: 'ease' })).toThrow('an artifact of ease is no bayesian-fm');
    const { biases } = artifact.arrays;
    expect(() => bayesianFmOf({ ...artifact, arrays: { biases: biases! } })).toThrow(
      'lacks biases, weights or factors',
    );
  });
});

describe('normalShare', () => {
  it('is none of what is no number', () => {
    expect(normalShare(NaN)).toBeNaN();
  });

  it('has the values of the tables', () => {
    const table: readonly (readonly [number, number])[] = [
      [0, 0.5],
      [1, 0.8413447460685429],
      [-1.96, 0.024997895148220435],
      [-4, 0.00003167124183311992],
    ];
    for (const [x, share] of table) expect(normalShare(x)).toBeCloseTo(share, 14);
  });

  it('is never certain', () => {
    for (const x of [50, Infinity, 1e300]) {
      expect(Math.fround(normalShare(x))).toBeLessThan(1);
      expect(normalShare(-x)).toBeGreaterThan(0);
    }
  });
});

describe('normalAbove', () => {
  it('is refused for what is no number', () => {
    expect(() => new Draws(seeded(3)).normalAbove(NaN)).toThrow('no number is above NaN');
  });

  it.each([-40, -1, 0, 0.29, 0.31, 2, 9])('has the mean of what is above %f', (least) => {
    const draws = new Draws(seeded(3));
    const values = Array.from({ length: 20_000 }, () => draws.normalAbove(least));
    expect(values.every((value) => value >= least)).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // By Mills' ratio as a continued fraction where the tail is thin.
    const density = Math.exp(-0.5 * least * least) / Math.sqrt(2 * Math.PI);
    const expected = least > 5 ? least + 1 / least - 2 / least ** 3 : density / (1 - normalShare(least));
    expect(Math.abs(mean - expected)).toBeLessThan(0.03);
  });
});
