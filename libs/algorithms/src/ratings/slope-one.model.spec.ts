import { StoppedError } from '@attune/numeric';
import { fitSlopeOne, slopeOnePredictor } from './slope-one.model.js';
import { dense, expectClose, predictAll, ratingsOf, smallWorld } from './testing/small-world.js';

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('Slope One', () => {
  it('predicts the example of its paper', () => {
    const ratings = ratingsOf(
      [
        [0, 0, 1],
        [0, 1, 1.5],
        [1, 0, 2],
      ],
      { userCount: 2, itemCount: 2 },
      [0, 5],
    );
    expect(slopeOnePredictor(fitSlopeOne(ratings)).predict(1, 1)).toBe(2.5);
  });

  it('is the mean over what the user rated of the mean difference between two items', () => {
    const world = smallWorld();
    const table = dense(world);
    const all = mean([...world.values]);
    const wanted = table.map((own) =>
      own.map((_, item) => {
        const rated = own.flatMap((value, other) => (value === undefined ? [] : [{ other, value }]));
        const deviations = rated.flatMap(({ other }) => {
          const both = table.flatMap((row) =>
            row[item] === undefined || row[other] === undefined ? [] : [row[item] - row[other]],
          );
          return both.length > 0 ? [mean(both)] : [];
        });
        const own_ = rated.length > 0 ? mean(rated.map(({ value }) => value)) : all;
        return Math.min(5, Math.max(1, own_ + (deviations.length > 0 ? mean(deviations) : 0)));
      }),
    );
    expectClose(predictAll(slopeOnePredictor(fitSlopeOne(world)), world), wanted);
  });

  it('falls back for rows it does not know, stops on request and refuses an empty log', () => {
    const world = smallWorld();
    const model = fitSlopeOne(world);
    const { predict } = slopeOnePredictor(model);
    expect(predict(-1, 0)).toBeCloseTo(mean([...world.values]), 6);
    expect(predict(2, -1)).toBeCloseTo(model.means[2]!, 6);
    expect(predict(2, 99)).toBe(predict(2, -1));
    expect(() => fitSlopeOne(world, { shouldStop: () => true })).toThrow(StoppedError);
    expect(() => fitSlopeOne(ratingsOf([], world))).toThrow('there are no ratings');
  });
});
