import { Csr } from '@attune/numeric';
import { type Ratings } from '../data/ratings.js';
import { baselineAt, fitBaseline } from './baseline.model.js';
import { type FactorRatings } from './factor.ratings.js';
import { type OwnRatings, type RatingOf } from './own.ratings.js';
import { foldInBaseline, foldInRatingKnn } from './rating-knn.fold-in.js';
import { fitRatingKnn, ratingKnnPredictor } from './rating-knn.model.js';
import { foldInSvd } from './svd.fold-in.js';
import { fitSvd } from './svd.model.js';
import { chance, dense, ratingsOf, smallWorld } from './testing/small-world.js';

/** What the user of a row gave. */
function ownOf({ users, items, values }: Ratings, user: number): OwnRatings {
  const places = [...users.keys()].filter((k) => users[k] === user);
  return { rows: places.map((k) => items[k]!), values: places.map((k) => values[k]!) };
}

describe('foldInRatingKnn', () => {
  const world = smallWorld();
  const fit = { of: 'item', kind: 'baseline', similarity: 'pearson-baseline', shrinkage: 5 } as const;
  const how = { neighbors: 3, userPenalty: 15, damping: 0 };

  it('says of every user what the model says that was learned from him', () => {
    const model = fitRatingKnn(world, { ...fit, neighbors: 3 });
    const { predict } = ratingKnnPredictor(model);
    const items = { mean: model.base.mean, biases: model.base.items, similarities: model.similarities };
    dense(world).forEach((row, user) => {
      const ratingOf = foldInRatingKnn(items, how, ownOf(world, user));
      row.forEach((_, item) => {
        expect(Math.min(5, Math.max(1, ratingOf(item)))).toBeCloseTo(predict(user, item), 5);
      });
    });
  });

  it('is what one computes by hand', () => {
    const similarities = Csr.fromTriplets({ rows: [2, 2], cols: [0, 1], values: [0.75, 0.25] }, 3, 3);
    const items = { mean: 3, biases: Float32Array.of(0.5, -0.5, 0.25), similarities };
    // He gave 1.5 and 2.5 above mean and bias: his bias is 4 / (2 + 2), what is left .5 and 1.5.
    const own = { rows: [1, 0, -1, 7], values: [5, 5, 1, 1] };
    expect(foldInBaseline(items, 2, own)).toBe(1);
    const by = { neighbors: 5, userPenalty: 2, damping: 0 };
    const ratingOf = foldInRatingKnn(items, by, own);
    expect(ratingOf(2)).toBeCloseTo(3 + 1 + 0.25 + 0.75 * 0.5 + 0.25 * 1.5, 6);
    expect([ratingOf(0), ratingOf(1), ratingOf(-1), ratingOf(9)]).toEqual([4.5, 3.5, 4, 4]);
    expect(foldInRatingKnn(items, { ...by, neighbors: 1 }, own)(2)).toBeCloseTo(4.25 + 0.5, 6);
    // Similarities sum to 1: as much again halves what they say.
    expect(foldInRatingKnn(items, { ...by, damping: 1 }, own)(2)).toBeCloseTo(4.25 + (0.75 * 0.5 + 0.25 * 1.5) / 2, 6);
  });

  it('is mean + bias of the item without ratings', () => {
    const base = fitBaseline(world);
    const { similarities } = fitRatingKnn(world, fit);
    const ratingOf = foldInRatingKnn({ mean: base.mean, biases: base.items, similarities }, how, {
      rows: [],
      values: [],
    });
    for (let item = -1; item < world.itemCount + 1; item++)
      expect(ratingOf(item)).toBeCloseTo(baselineAt(base, -1, item), 6);
  });

  it('needs no more than the most similar items, where users rated fewer', () => {
    const most = (mostSimilar: number): Csr => fitRatingKnn(world, { ...fit, mostSimilar }).similarities;
    const all = fitRatingKnn(world, fit).similarities;
    expect(most(world.itemCount)).toEqual(all);
    const two = most(2);
    for (let row = 0; row < world.itemCount; row++) {
      const strongest = [...all.row(row).values].sort((a, b) => b - a).slice(0, 2);
      expect([...two.row(row).values].sort((a, b) => b - a)).toEqual(strongest);
    }
    expect(() => most(0)).toThrow('mostSimilar must be >= 1, got 0');
  });
});

describe('foldInSvd', () => {
  const learning = { epochs: 60, rate: 0.01, penalty: 0.05 };
  const itemsOf = ({ baseline, items, dims }: FactorRatings) => ({
    mean: baseline.mean,
    biases: baseline.items,
    factors: items,
    dims,
  });

  /** 150 users and 60 items with two planted factors; each user rates 20. */
  function planted(): Ratings {
    const random = chance(3);
    const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const factors = (count: number) => Array.from({ length: count }, () => [normal(), normal(), normal()] as const);
    const [users, items] = [factors(150), factors(60)];
    const rows = users.flatMap((a, user) =>
      Array.from({ length: 20 }, (_, k) => {
        const item = (user * 7 + k * 3) % 60;
        const b = items[item]!;
        const value = 3 + 0.4 * (a[0] + b[0]) + 0.5 * (a[1] * b[1] + a[2] * b[2]) + 0.2 * normal();
        return [user, item, Math.min(5, Math.max(1, value))] as const;
      }),
    );
    return ratingsOf(rows, { userCount: 150, itemCount: 60 });
  }
  const world = planted();
  const model = fitSvd(world, { dims: 4, ...learning, random: chance(1) });
  const owns = Array.from({ length: world.userCount }, (_, user) => ownOf(world, user));

  it('says of users nearly what the model says that was learned from them', () => {
    const { baseline, users, items, dims } = model;
    const gaps = owns.flatMap((own, user) => {
      const ratingOf = foldInSvd(itemsOf(model), learning, own);
      return Array.from({ length: world.itemCount }, (_, item) => {
        const trained = Array.from({ length: dims }, (__, d) => users[user * dims + d]! * items[item * dims + d]!);
        return ratingOf(item) - trained.reduce((sum, part) => sum + part, baselineAt(baseline, user, item));
      });
    });
    // Ratings deviate by about 1.
    expect(Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length)).toBeLessThan(0.1);
  });

  it('tells what users would give whom the model was learned without', () => {
    const random = chance(8);
    const known = ratingsOf(
      [...world.users.keys()]
        .filter((k) => world.users[k]! < 100)
        .map((k) => [world.users[k]!, world.items[k]!, world.values[k]!]),
      world,
    );
    const without = itemsOf(fitSvd(known, { dims: 4, ...learning, random }));
    const squares = (predict: (ratingOf: RatingOf, item: number) => number): number => {
      const errors = owns.slice(100).flatMap(({ rows, values }) => {
        const half = { rows: Array.from(rows).slice(0, 10), values: Array.from(values).slice(0, 10) };
        const ratingOf = foldInSvd(without, learning, half);
        return Array.from({ length: 10 }, (_, k) => values[10 + k]! - predict(ratingOf, rows[10 + k]!));
      });
      return errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
    };
    const told = squares((ratingOf, item) => ratingOf(item));
    const byBiases = squares((_, item) => without.mean + without.biases[item]!);
    expect(told).toBeLessThan(0.6 * byBiases);
  });

  it('is what one computes by hand', () => {
    const items = { mean: 3, biases: Float32Array.of(0.5, 0), factors: Float32Array.of(1, 2), dims: 1 };
    // One rating, 2 above mean and bias, ridge .5 + 1.5: bias = factor = 2 / (1 + 1 + 2).
    const how = { penalty: 0.5, rate: 1 / 3, epochs: 2 };
    const ratingOf = foldInSvd(items, how, { rows: [0, -1, 5], values: [5.5, 1, 1] });
    expect(ratingOf(0)).toBeCloseTo(3 + 0.5 + 0.5 + 0.5, 6);
    expect(ratingOf(1)).toBeCloseTo(3 + 0.5 + 2 * 0.5, 6);
    expect([ratingOf(-1), ratingOf(2)]).toEqual([3.5, 3.5]);
  });

  it('is mean + bias of the item without ratings', () => {
    const ratingOf = foldInSvd(itemsOf(model), learning, { rows: [], values: [] });
    expect(ratingOf(4)).toBeCloseTo(baselineAt(model.baseline, -1, 4), 6);
  });
});
