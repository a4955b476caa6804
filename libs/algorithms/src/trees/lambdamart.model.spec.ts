import { StoppedError } from '@attune/numeric';
import { fitLambdaMart, type LambdaMartOptions } from './lambdamart.model.js';
import { columnImportances, treeScores } from './tree-ensemble.model.js';
import type { RankingData } from './training-rows.js';

function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const COLUMNS = 4;
/** Groups in which the product of the first two columns says the grade; the last two are noise. */
function world(seed: number, groupCount: number, size = 12): RankingData {
  const random = chance(seed);
  const rows = groupCount * size;
  const features = Float32Array.from({ length: rows * COLUMNS }, () => 2 * random() - 1);
  const grades = Float32Array.from({ length: rows }, (_, row) => {
    const product = features[row * COLUMNS]! * features[row * COLUMNS + 1]!;
    return product > 0.4 ? 3 : product > 0.15 ? 1 : 0;
  });
  const groups = Int32Array.from({ length: groupCount + 1 }, (_, g) => g * size);
  return { features, columns: COLUMNS, grades, groups };
}

const data = world(1, 60);
const options = (changes: Partial<LambdaMartOptions> = {}): LambdaMartOptions => ({
  trees: 30,
  leaves: 8,
  minLeafRows: 10,
  random: chance(7),
  ...changes,
});

describe('fitLambdaMart', () => {
  it('ranks groups it has not seen, by the columns that matter', () => {
    const model = fitLambdaMart(data, options());
    expect(model.losses[0]).toBeGreaterThan(0.4);
    expect(model.losses.at(-1)).toBeLessThan(0.05);
    const other = world(2, 30);
    const watched = fitLambdaMart(data, options({ validation: other }));
    expect(Math.min(...watched.validationLosses)).toBeLessThan(0.12);
    const { gain, count } = columnImportances(model);
    expect(gain[0]! + gain[1]!).toBeGreaterThan(5 * (gain[2]! + gain[3]!));
    expect(count.reduce((sum, n) => sum + n, 0)).toBe(model.splits.filter((column) => column >= 0).length);
  });

  it('tells 1 − NDCG@k of its own scores', () => {
    const { losses, ...model } = fitLambdaMart(data, options({ at: 3 }));
    const scores = treeScores(model, data.features);
    const discounted = (grades: readonly number[]): number =>
      grades.slice(0, 3).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
    let sum = 0;
    let groups = 0;
    for (let from = 0; from < scores.length; from += 12) {
      const rows = Array.from({ length: 12 }, (_, i) => from + i);
      const best = discounted(rows.map((row) => data.grades[row]!).sort((a, b) => b - a));
      if (best === 0) continue;
      groups++;
      sum += discounted(rows.sort((a, b) => scores[b]! - scores[a]!).map((row) => data.grades[row]!)) / best;
    }
    expect(losses.at(-1)).toBeCloseTo(1 - sum / groups, 2);
  });

  it('gives the same model for the same numbers, and another for others', () => {
    const sampled = { rowShare: 0.6, columnShare: 0.5 };
    const first = fitLambdaMart(data, options({ ...sampled, random: chance(3) }));
    expect(fitLambdaMart(data, options({ ...sampled, random: chance(3) }))).toEqual(first);
    expect(fitLambdaMart(data, options({ ...sampled, random: chance(4) })).thresholds).not.toEqual(first.thresholds);
  });

  it('draws whole groups, of which some serve a tree', () => {
    const model = fitLambdaMart(data, options({ rowShare: 0.5, trees: 20 }));
    const counts = [...model.roots].map((root) => model.counts[root]! / 12);
    expect(counts.every(Number.isInteger)).toBe(true);
    expect(new Set(counts).size).toBeGreaterThan(1);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(Math.abs(mean - 30)).toBeLessThan(4);
  });

  it('asks about a share of the columns in each tree', () => {
    const { roots, splits } = fitLambdaMart(data, options({ columnShare: 0.5 }));
    const asked = [...roots].map(
      (root, t) => new Set(splits.slice(root, roots[t + 1]).filter((column) => column >= 0)),
    );
    expect(asked.every(({ size }) => size <= 2)).toBe(true);
    expect(new Set(asked.flatMap((columns) => [...columns])).size).toBe(COLUMNS);
  });

  it('keeps the trees up to the best over the validation rows', () => {
    const noise = world(9, 20);
    noise.features.set(noise.features.toReversed());
    const { roots, validationLosses } = fitLambdaMart(data, options({ validation: noise, patience: 4, trees: 200 }));
    const best = validationLosses.indexOf(Math.min(...validationLosses));
    expect(roots).toHaveLength(best);
    expect(validationLosses).toHaveLength(best + 5);
  });

  it('has no trees where no group says anything', () => {
    const equal = { ...data, grades: new Float32Array(data.grades.length).fill(2) };
    const model = fitLambdaMart(equal, options());
    expect(model.roots).toHaveLength(0);
    expect([...treeScores(model, data.features.subarray(0, 2 * COLUMNS))]).toEqual([0, 0]);
    const one = { features: Float32Array.of(1), columns: 1, grades: Float32Array.of(1), groups: Int32Array.of(0, 1) };
    expect(fitLambdaMart(one, options()).roots).toHaveLength(0);
  });

  it('reports ascending steps to the end, and stops when asked to', () => {
    const steps: number[][] = [];
    fitLambdaMart(data, options({ trees: 3, progress: (done, total) => steps.push([done, total]) }));
    expect(steps.at(-1)).toEqual([21, 21]);
    expect(steps.every(([done], i) => i === 0 || done! >= steps[i - 1]![0]!)).toBe(true);
    let asked = 0;
    expect(() => fitLambdaMart(data, options({ shouldStop: () => ++asked > 40 }))).toThrow(StoppedError);
    expect(asked).toBe(41);
  });

  it('says what is wrong with data', () => {
    const fit = (changes: Partial<RankingData>) => () => fitLambdaMart({ ...data, ...changes }, options());
    const none = { features: new Float32Array(), grades: new Float32Array(), groups: Int32Array.of(0) };
    expect(fit(none)).toThrow('trees need at least one row');
    expect(fit({ columns: 0 })).toThrow('columns must be >= 1, got 0');
    expect(fit({ columns: 7 })).toThrow('2880 features are not rows of 7 columns');
    expect(fit({ grades: Float32Array.of(1) })).toThrow('1 grades are not one for 720 rows');
    expect(fit({ grades: data.grades.with(5, NaN) })).toThrow('grade 5 must lie in 0..31, got NaN');
    expect(fit({ groups: Int32Array.of(0, 700) })).toThrow('groups must go from 0 to 720 rows');
    expect(fit({ groups: Int32Array.of(0, 9, 8, 720) })).toThrow('groups must ascend, but entry 2 is 8');
    const validation = { ...data, columns: 2, grades: new Float32Array(1440), groups: Int32Array.of(0, 1440) };
    expect(() => fitLambdaMart(data, options({ validation }))).toThrow('validation has 2 columns, training 4');
  });

  it.each([
    [{ trees: 0 }, 'trees must be >= 1'],
    [{ leaves: 1 }, 'leaves must be >= 2'],
    [{ maxBins: 256 }, 'maxBins must be at most 255'],
    [{ learningRate: 0 }, 'learningRate must be above 0'],
    [{ rowShare: 1.5 }, 'rowShare must be above 0 to 1'],
    [{ lambda: -1 }, 'lambda must be >= 0'],
    [{ minLeafRows: NaN }, 'minLeafRows must be >= 1'],
    [{ truncation: 0 }, 'truncation must be >= 1'],
  ])('refuses %p', (changes, message) => {
    expect(() => fitLambdaMart(data, options(changes))).toThrow(message);
    expect(() => fitLambdaMart(data, options(changes))).toThrow(RangeError);
  });
});
