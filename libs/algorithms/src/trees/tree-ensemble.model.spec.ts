import { fitSquaredTrees } from './pointwise-trees.model.js';
import { treeContributions } from './tree-contributions.js';
import { columnImportances, ensembleOf, type TreeEnsemble, treeScores } from './tree-ensemble.model.js';

function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Asks whether column 1 is at most 2 (NaN: yes), then, for the others, whether column 0 is at most 5. */
const tree = [
  { from: 0, to: 10, value: 0.5, question: { column: 1, threshold: 2, nanLeft: true, gain: 8, left: 1 } },
  { from: 0, to: 4, value: -1 },
  { from: 4, to: 10, value: 1.5, question: { column: 0, threshold: 5, nanLeft: false, gain: 3, left: 3 } },
  { from: 4, to: 7, value: 1 },
  { from: 7, to: 10, value: 2 },
];
const byHand = ensembleOf(2, 10, [tree, [{ from: 0, to: 10, value: 0.25 }]]);
const rows = Float32Array.of(9, 2, 5, 3, 6, 3, NaN, 3, 0, NaN);

/** Sums that do not come out even, of a fit with NaN in every column. */
function fitted(): { model: TreeEnsemble; features: Float32Array } {
  const random = chance(3);
  const features = Float32Array.from({ length: 900 }, () => (random() < 0.1 ? NaN : random()));
  const targets = Float32Array.from({ length: 300 }, (_, row) => 1e3 * (features[3 * row] || 2) + random());
  const {
    losses: _,
    validationLosses: _of,
    ...model
  } = fitSquaredTrees({ features, columns: 3, targets }, { random, trees: 50 });
  return { model, features };
}

describe('treeScores', () => {
  it('follows the questions: by hand', () => {
    expect([...treeScores(byHand, rows)]).toEqual([9.25, 11.25, 12.25, 12.25, 9.25]);
    expect([...treeScores(byHand, new Float32Array())]).toEqual([]);
  });

  it('refuses rows of other columns', () => {
    expect(() => treeScores(byHand, new Float32Array(3))).toThrow('3 features are not rows of 2 columns');
  });

  it('scores the same after a way through JSON', () => {
    const { model, features } = fitted();
    const parts = Object.entries(model).map(([name, value]) => [name, typeof value === 'number' ? value : [...value]]);
    const read = JSON.parse(JSON.stringify(Object.fromEntries(parts)));
    const loaded: TreeEnsemble = {
      columns: read.columns,
      start: read.start,
      roots: Int32Array.from(read.roots),
      splits: Int32Array.from(read.splits),
      thresholds: Float32Array.from(read.thresholds, (x: number | null) => x ?? Infinity),
      nanLeft: Uint8Array.from(read.nanLeft),
      lefts: Int32Array.from(read.lefts),
      values: Float64Array.from(read.values),
      gains: Float32Array.from(read.gains),
      counts: Int32Array.from(read.counts),
    };
    expect(treeScores(loaded, features)).toEqual(treeScores(model, features));
    expect(loaded).toEqual(model);
  });
});

describe('treeContributions', () => {
  it('gives each column the changes of the mean along the way: by hand', () => {
    expect([...treeContributions(byHand, rows.subarray(0, 6))]).toEqual([
      ...[0, -1.5, 10.75],
      ...[-0.5, 1, 10.75],
      ...[0.5, 1, 10.75],
    ]);
  });

  it('adds up to the score to the last bit, in every order', () => {
    const { model, features } = fitted();
    const contributions = treeContributions(model, features);
    const scores = treeScores(model, features);
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
    ];
    scores.forEach((score, row) => {
      const sums = orders.map((order) => order.reduce((sum, column) => sum + contributions[4 * row + column]!, 0));
      expect(new Set(sums).size).toBe(1);
      expect(Math.fround(sums[0]!)).toBe(score);
    });
    // Contributions are not trivially even: most need more bits than a float has.
    expect(contributions.filter((part) => Math.fround(part) !== part).length).toBeGreaterThan(600);
  });

  it('has what all rows share in the last place: the mean score of the rows of training', () => {
    const { model, features } = fitted();
    const mean = treeScores(model, features).reduce((sum, score) => sum + score, 0) / 300;
    expect(treeContributions(model, features)[3]).toBeCloseTo(mean, 2);
  });
});

describe('columnImportances', () => {
  it('sums gains and counts questions by column', () => {
    const { gain, count } = columnImportances(byHand);
    expect([[...gain], [...count]]).toEqual([
      [3, 8],
      [1, 1],
    ]);
  });
});
