import { fitLogisticTrees, fitSquaredTrees, type PointwiseTreeOptions } from './pointwise-trees.model.js';
import { treeScores } from './tree-ensemble.model.js';
import type { TargetData } from './training-rows.js';

function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const options = (changes: Partial<PointwiseTreeOptions> = {}): PointwiseTreeOptions => ({
  trees: 40,
  leaves: 6,
  minLeafRows: 5,
  random: chance(7),
  ...changes,
});

/** A step in the first column, a slope in the second; rows without the first are far up. */
function world(seed: number, rows: number): TargetData {
  const random = chance(seed);
  const features = Float32Array.from({ length: rows * 2 }, (_, i) => (i % 2 === 0 && random() < 0.2 ? NaN : random()));
  const targets = Float32Array.from({ length: rows }, (_, row) => {
    const [step, slope] = [features[2 * row]!, features[2 * row + 1]!];
    return (Number.isNaN(step) ? 3 : step > 0.5 ? 1 : 0) + slope;
  });
  return { features, columns: 2, targets };
}

const falls = (losses: readonly number[]): boolean => losses.every((loss, t) => t === 0 || loss < losses[t - 1]!);

describe('fitSquaredTrees', () => {
  it('starts from the mean and lowers the loss with every tree, down to the noise', () => {
    const data = world(1, 400);
    const model = fitSquaredTrees(data, options());
    const mean = data.targets.reduce((sum, target) => sum + target, 0) / 400;
    expect(model.start).toBeCloseTo(mean, 9);
    expect(model.losses[0]).toBeCloseTo(data.targets.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 400, 9);
    expect(falls(model.losses)).toBe(true);
    const scores = treeScores(model, data.features);
    expect(model.losses.at(-1)).toBeCloseTo(
      scores.reduce((sum, x, row) => sum + (x - data.targets[row]!) ** 2, 0) / 400,
      6,
    );
  });

  it('answers rows that it was not fitted to, with and without a number', () => {
    const scores = treeScores(
      fitSquaredTrees(world(1, 2000), options({ trees: 100 })),
      Float32Array.of(0.9, 0.5, 0.1, 0.5, NaN, 0.5),
    );
    [1.5, 0.5, 3.5].forEach((wanted, row) => expect(Math.abs(scores[row]! - wanted)).toBeLessThan(0.06));
  });

  it('scores rows that were not drawn for a tree as well', () => {
    const data = world(1, 600);
    const model = fitSquaredTrees(data, options({ rowShare: 0.5 }));
    const scores = treeScores(model, data.features);
    const error = scores.reduce((sum, x, row) => sum + (x - data.targets[row]!) ** 2, 0) / 600;
    expect(model.losses.at(-1)).toBeCloseTo(error, 6);
    expect(model.losses.at(-1)).toBeLessThan(0.02 * model.losses[0]!);
  });

  it('goes on after a tree whose columns say nothing', () => {
    const { targets } = world(1, 400);
    const features = Float32Array.from({ length: 1600 }, (_, i) => (i % 4 === 0 ? targets[i / 4]! : 0));
    const { roots } = fitSquaredTrees({ features, columns: 4, targets }, options({ columnShare: 0.25, trees: 60 }));
    expect(roots.length).toBeGreaterThan(5);
    expect(roots.length).toBeLessThan(30);
  });

  it('fits one row, and equal targets, by their mean', () => {
    const one = fitSquaredTrees(
      { features: Float32Array.of(1, NaN), columns: 2, targets: Float32Array.of(5) },
      options(),
    );
    expect([...treeScores(one, Float32Array.of(7, 8))]).toEqual([5]);
    const data = world(1, 50);
    const equal = fitSquaredTrees({ ...data, targets: new Float32Array(50).fill(-2) }, options());
    expect([equal.roots.length, treeScores(equal, data.features)[3]]).toEqual([0, -2]);
  });

  it('keeps small differences beside large numbers', () => {
    const data = world(1, 400);
    const { losses } = fitSquaredTrees(
      { ...data, targets: data.targets.map((target) => 1e6 + 1000 * target) },
      options(),
    );
    expect(losses.at(-1)! / losses[0]!).toBeLessThan(0.02);
  });

  it('refuses targets that are no numbers', () => {
    const data = world(1, 9);
    expect(() => fitSquaredTrees({ ...data, targets: data.targets.with(4, NaN) }, options())).toThrow(
      'target 4 must be finite',
    );
    expect(() => fitSquaredTrees({ ...data, targets: new Float32Array(3) }, options())).toThrow(
      '3 targets are not one for 9 rows',
    );
  });
});

describe('fitLogisticTrees', () => {
  /** Clicked more often where the first column is large: chances of .9 and .2. */
  const clicks = (seed: number, rows: number): TargetData => {
    const random = chance(seed);
    const features = Float32Array.from({ length: rows }, () => random());
    return { features, columns: 1, targets: features.map((x) => (random() < (x > 0.3 ? 0.9 : 0.2) ? 1 : 0)) };
  };

  it('lowers the log loss with every tree and finds the chances', () => {
    const data = clicks(1, 3000);
    const model = fitLogisticTrees(data, options({ leaves: 2, trees: 60 }));
    const share = data.targets.reduce((sum, x) => sum + x, 0) / 3000;
    expect(model.losses[0]).toBeCloseTo(-share * Math.log(share) - (1 - share) * Math.log(1 - share), 9);
    expect(falls(model.losses.slice(0, 30))).toBe(true);
    const chances = treeScores(model, Float32Array.of(0.1, 0.7)).map((score) => 1 / (1 + Math.exp(-score)));
    expect(Math.abs(chances[0]! - 0.2)).toBeLessThan(0.05);
    expect(Math.abs(chances[1]! - 0.9)).toBeLessThan(0.05);
  });

  it('stops where other rows gain no more', () => {
    const model = fitLogisticTrees(clicks(1, 200), options({ trees: 300, patience: 5, validation: clicks(2, 200) }));
    expect(model.roots.length).toBeGreaterThan(2);
    expect(model.roots.length).toBeLessThan(100);
  });

  it('stays finite where all targets are alike', () => {
    const data = clicks(1, 100);
    const scores = treeScores(fitLogisticTrees({ ...data, targets: new Float32Array(100) }, options()), data.features);
    expect(scores.every((score) => Number.isFinite(score) && score < -10)).toBe(true);
  });

  it('refuses targets that are no chances', () => {
    const data = clicks(1, 9);
    expect(() => fitLogisticTrees({ ...data, targets: data.targets.with(2, 2) }, options())).toThrow(
      'target 2 must lie in 0..1, got 2',
    );
  });
});
