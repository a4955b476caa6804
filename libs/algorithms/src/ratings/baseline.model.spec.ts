import { StoppedError } from '@attune/numeric';
import { baselinePredictor, fitBaseline } from './baseline.model.js';
import { dense, expectClose, predictAll, ratingsOf, smallWorld } from './testing/small-world.js';

const world = smallWorld();
const given = dense(world).flatMap((row, user) =>
  row.flatMap((value, item) => (value === undefined ? [] : [{ user, item, value }])),
);
const mean = given.reduce((sum, { value }) => sum + value, 0) / given.length;
const clip = (x: number): number => Math.min(5, Math.max(1, x));

function reference(learn: (users: number[], items: number[]) => void): number[][] {
  const users = Array<number>(world.userCount).fill(0);
  const items = Array<number>(world.itemCount).fill(0);
  learn(users, items);
  return users.map((bu) => items.map((bi) => clip(mean + bu + bi)));
}

describe('baseline', () => {
  it('by alternating least squares solves items, then users, each shrunk', () => {
    const ratings = ratingsOf(
      [
        [0, 0, 5],
        [0, 1, 3],
        [1, 0, 4],
      ],
      { userCount: 3, itemCount: 3 },
    );
    const { users, items, mean } = fitBaseline(ratings, { epochs: 1, userPenalty: 1, itemPenalty: 2 });
    expect(mean).toBe(4);
    // Items: (1 + 0) / (2 + 2), -1 / (2 + 1). Users: (1 - .25 - 1 + .333) / (1 + 2), -.25 / (1 + 1).
    expect([...items].map((x) => x.toFixed(4))).toEqual(['0.2500', '-0.3333', '0.0000']);
    expect([...users].map((x) => x.toFixed(4))).toEqual(['0.0278', '-0.1250', '0.0000']);
  });

  it('by alternating least squares is what ten rounds of it give', () => {
    const wanted = reference((users, items) => {
      for (let round = 0; round < 10; round++) {
        items.forEach((_, i) => {
          const own = given.filter(({ item }) => item === i);
          items[i] = own.reduce((sum, { user, value }) => sum + value - mean - users[user]!, 0) / (10 + own.length);
        });
        users.forEach((_, u) => {
          const own = given.filter(({ user }) => user === u);
          users[u] = own.reduce((sum, { item, value }) => sum + value - mean - items[item]!, 0) / (15 + own.length);
        });
      }
    });
    expectClose(predictAll(baselinePredictor(fitBaseline(world)), world), wanted);
  });

  it('by gradient descent is what its steps give', () => {
    const wanted = reference((users, items) => {
      for (let epoch = 0; epoch < 3; epoch++)
        for (const { user, item, value } of given) {
          const error = value - mean - users[user]! - items[item]!;
          users[user]! += 0.1 * (error - 0.05 * users[user]!);
          items[item]! += 0.1 * (error - 0.05 * items[item]!);
        }
    });
    const model = fitBaseline(world, { method: 'sgd', epochs: 3, rate: 0.1, penalty: 0.05 });
    expectClose(predictAll(baselinePredictor(model), world), wanted);
  });

  it('falls back to what it knows and stays within the scale', () => {
    const one = baselinePredictor(fitBaseline(ratingsOf([[0, 0, 4]], { userCount: 1, itemCount: 1 })));
    expect([one.predict(0, 0), one.predict(-1, 0), one.predict(7, 7)]).toEqual([4, 4, 4]);
    const model = fitBaseline(world);
    expect(baselinePredictor(model).predict(-1, 3)).toBeCloseTo(mean + model.items[3]!, 6);
    const steep = { ...model, users: model.users.map(() => 9) };
    expect(baselinePredictor(steep).predict(0, 0)).toBe(5);
  });

  it('stops on request and refuses bad options', () => {
    expect(() => fitBaseline(world, { shouldStop: () => true })).toThrow(StoppedError);
    expect(() => fitBaseline(world, { epochs: 0 })).toThrow('epochs must be >= 1, got 0');
    expect(() => fitBaseline(world, { rate: NaN })).toThrow('rate must be above 0, got NaN');
    expect(() => fitBaseline(world, { itemPenalty: -1 })).toThrow('itemPenalty must be >= 0, got -1');
  });
});
