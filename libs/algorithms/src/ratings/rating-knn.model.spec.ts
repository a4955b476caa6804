import { StoppedError } from '@attune/numeric';
import { type Ratings } from '../data/ratings.js';
import { baselineAt, fitBaseline } from './baseline.model.js';
import { fitRatingKnn, type RatingKnnOptions, ratingKnnPredictor } from './rating-knn.model.js';
import { dense, expectClose, predictAll, ratingsOf, smallWorld } from './testing/small-world.js';

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const deviation = (values: readonly number[]): number => Math.sqrt(mean(values.map((x) => (x - mean(values)) ** 2)));

type Table = readonly (readonly (number | undefined)[])[];
const flip = (table: Table): Table => table[0]!.map((_, i) => table.map((row) => row[i]));
const known = (row: readonly (number | undefined)[]): number[] => row.filter((value) => value !== undefined);

type Pair = readonly [x: number, y: number];
const total = (pairs: readonly Pair[], of: (pair: Pair) => number): number => pairs.reduce((s, p) => s + of(p), 0);

/** Similarity of two rows, straight from its definition. */
function similarity(pairs: readonly Pair[], { similarity: measure, minSupport = 1, shrinkage }: RatingKnnOptions) {
  if (pairs.length < minSupport) return 0;
  if (measure === 'msd') return 1 / (mean(pairs.map(([x, y]) => (x - y) ** 2)) + 1);
  const about = measure === 'pearson' ? [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))] : [0, 0];
  const norm = total(pairs, ([x]) => (x - about[0]!) ** 2) * total(pairs, ([, y]) => (y - about[1]!) ** 2);
  const cosine = norm > 0 ? total(pairs, ([x, y]) => (x - about[0]!) * (y - about[1]!)) / Math.sqrt(norm) : 0;
  return measure === 'pearson-baseline' ? (cosine * (pairs.length - 1)) / (pairs.length - 1 + shrinkage!) : cosine;
}

function reference(world: Ratings, options: RatingKnnOptions): number[][] {
  const { of, kind, neighbors = 40, minNeighbors = 1 } = options;
  const turn = (table: Table): Table => (of === 'item' ? flip(table) : table);
  const baseline = fitBaseline(world);
  const bases = turn(dense(world).map((row, u) => row.map((_, i) => baselineAt(baseline, u, i))));
  const rows = turn(dense(world));
  const all = mean([...world.values]);
  const compared =
    options.similarity === 'pearson-baseline'
      ? rows.map((row, r) => row.map((value, c) => (value === undefined ? value : value - bases[r]![c]!)))
      : rows;
  const pairs = (a: number, b: number): Pair[] =>
    compared[a]!.flatMap((x, c) => (x === undefined || compared[b]![c] === undefined ? [] : [[x, compared[b]![c]]]));
  const centers = rows.map((row) => (known(row).length > 0 ? mean(known(row)) : all));
  const center = (row: number, column: number): number =>
    kind === 'baseline' ? bases[row]![column]! : kind === 'basic' ? all : centers[row]!;
  const spread = (row: number): number =>
    kind === 'z-score' ? deviation(known(rows[row]!)) || deviation([...world.values]) : 1;
  const predict = (row: number, column: number): number => {
    const nearest = rows
      .flatMap((other, r) => {
        if (r === row || other[column] === undefined) return [];
        const value = (other[column] - center(r, column)) / spread(r);
        return [{ weight: similarity(pairs(row, r), options), value }];
      })
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, neighbors);
    const sum = nearest.reduce((s, { weight, value }) => s + weight * value, 0);
    const weights = nearest.reduce((s, { weight }) => s + weight, 0);
    const shift = nearest.length >= minNeighbors && weights > 0 ? (spread(row) * sum) / weights : 0;
    return Math.min(5, Math.max(1, center(row, column) + shift));
  };
  const found = rows.map((row, r) => row.map((_, c) => (row[c] === undefined ? predict(r, c) : NaN)));
  return (of === 'item' ? flip(found) : found).map((row) => row.map((value) => value ?? NaN));
}

/** Pairs that have a rating are left out: what a model says of them is not asked. */
const unrated = (world: Ratings, table: readonly (readonly number[])[]): number[][] =>
  dense(world).map((row, u) => row.map((value, i) => (value === undefined ? table[u]![i]! : 0)));

describe('rating neighbors', () => {
  const world = smallWorld();
  const kinds = ['basic', 'means', 'z-score', 'baseline'] as const;
  const measures = ['cosine', 'msd', 'pearson', 'pearson-baseline'] as const;
  const sides = ['user', 'item'] as const;
  const cases = sides.flatMap((of) => kinds.flatMap((kind) => measures.map((m) => [of, kind, m] as const)));

  it.each(cases)('of %ss, %s, by %s, are those of a search through everything', (of, kind, measure) => {
    const options = { of, kind, similarity: measure, minSupport: 2, shrinkage: 5, minNeighbors: 2 };
    const found = predictAll(ratingKnnPredictor(fitRatingKnn(world, options)), world);
    expectClose(unrated(world, found), unrated(world, reference(world, options)));
  });

  it('are the most similar where there are more than asked for', () => {
    const options = { of: 'user', kind: 'means', similarity: 'pearson-baseline', neighbors: 2, shrinkage: 5 } as const;
    const found = predictAll(ratingKnnPredictor(fitRatingKnn(world, options)), world);
    expectClose(unrated(world, found), unrated(world, reference(world, options)));
  });

  it('fall back to the base, and take a lone rating and equal ones', () => {
    const model = fitRatingKnn(world, { kind: 'baseline', of: 'item' });
    const { predict } = ratingKnnPredictor(model);
    expect(predict(-1, 2)).toBeCloseTo(baselineAt(model.base, -1, 2), 6);
    expect(predict(3, 99)).toBeCloseTo(baselineAt(model.base, 3, 99), 6);
    const equal = ratingsOf(
      [0, 1, 2].flatMap((u) => [0, 1].map((i) => [u, i, 3] as const)),
      world,
    );
    for (const kind of kinds)
      for (const similarity of measures) {
        expect(ratingKnnPredictor(fitRatingKnn(equal, { kind, similarity })).predict(0, 1)).toBeCloseTo(3, 6);
        const lone = ratingsOf([[0, 0, 4]], { userCount: 1, itemCount: 1 });
        expect(ratingKnnPredictor(fitRatingKnn(lone, { kind, similarity })).predict(0, 0)).toBeCloseTo(4, 6);
      }
  });

  it('stop on request and refuse bad options', () => {
    expect(() => fitRatingKnn(world, { shouldStop: () => true })).toThrow(StoppedError);
    expect(() => fitRatingKnn(world, { neighbors: 0 })).toThrow('neighbors must be >= 1, got 0');
    expect(() => fitRatingKnn(world, { minSupport: 0 })).toThrow('minSupport must be >= 1, got 0');
    expect(() => fitRatingKnn(world, { shrinkage: NaN })).toThrow('shrinkage must be >= 0, got NaN');
  });
});
