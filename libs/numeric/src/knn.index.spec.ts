import fc from 'fast-check';
import { withoutWebAssembly } from './fixtures/without-web-assembly.js';
import { KnnIndex, type KnnOptions } from './knn.index.js';
import { type Metric } from './knn.result.js';

type Rows = (Float32Array | undefined)[];

/** Score of the contract, in f64 from left to right. */
function reference(metric: Metric, a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb, squares] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
    squares += (a[i]! - b[i]!) ** 2;
  }
  if (metric === 'dot') return dot;
  if (metric === 'euclidean') return -Math.sqrt(squares);
  return aa === 0 || bb === 0 ? 0 : dot / Math.sqrt(aa * bb);
}

function brute(rows: Rows, query: Float32Array, options: Required<Pick<KnnOptions, 'metric'>> & KnnOptions) {
  const kept = [...rows.keys()].filter((row) => rows[row] && (!options.keep || options.keep[row]));
  const scored = kept.map((row) => ({ row, score: reference(options.metric, query, rows[row]!) }));
  return scored.sort((a, b) => b.score - a.score || a.row - b.row);
}

type Open = (dims: number) => KnnIndex;
const openKernel: Open = (dims) => new KnnIndex(dims);
const openPlain: Open = (dims) => withoutWebAssembly(() => new KnnIndex(dims));

function filledBy(open: Open, rows: Rows, dims: number): KnnIndex {
  const index = open(dims);
  rows.forEach((vector, row) => vector && index.upsert(row, vector));
  return index;
}

const metrics = fc.constantFrom<Metric>('cosine', 'dot', 'euclidean');
const float = fc.float({ noNaN: true, noDefaultInfinity: true, min: -8, max: 8 });
/** Whole numbers (exact in every order of summing, many ties), plain, of all magnitudes, and nearly equal vectors. */
const component = fc.constantFrom(
  fc.integer({ min: -2, max: 2 }),
  float,
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(1, 1 + 2 ** -20, 1 - 2 ** -20),
  fc.constantFrom(0, 0, 0, 1e-40, 3e38, -3e38),
);
const world = fc.tuple(fc.integer({ min: 1, max: 40 }), component).chain(([dims, part]) => {
  const vector = fc.array(part, { minLength: dims, maxLength: dims }).map((xs) => Float32Array.from(xs));
  return fc.record({
    dims: fc.constant(dims),
    rows: fc.array(fc.option(vector, { nil: undefined, freq: 8 }), { maxLength: 60 }),
    query: vector,
    k: fc.nat(70),
    keep: fc.option(fc.uint8Array({ maxLength: 60, max: 2 }), { nil: undefined }),
    metric: metrics,
  });
});

describe.each([
  ['WebAssembly', openKernel],
  ['plain TypeScript', openPlain],
])('KnnIndex in %s', (_, open) => {
  const filled = (rows: Rows, dims: number): KnnIndex => filledBy(open, rows, dims);

  it('finds the same best k as a full scan in f64', () => {
    fc.assert(
      fc.property(world, ({ dims, rows, query, k, keep, metric }) => {
        const options = keep ? { keep, metric } : { metric };
        const expected = brute(rows, query, options);
        const found = filled(rows, dims).search(query, k, options);
        const count = Math.min(k, expected.length);
        expect(found.rows).toHaveLength(count);
        expect(new Set(found.rows).size).toBe(count);
        const exact = new Map(expected.map(({ row, score }) => [row, score]));
        for (let i = 0; i < count; i++) {
          const score = exact.get(found.rows[i]!)!;
          // Equal up to the rounding of a sum in f64: relative to what is summed, which cancels.
          const size = Math.max(...rows.map((row) => Math.abs(reference('dot', row ?? query, row ?? query))), 1e-300);
          const own = Math.abs(reference('dot', query, query));
          const tolerance =
            metric === 'cosine'
              ? 1e-12
              : metric === 'dot'
                ? 1e-12 * Math.sqrt(size * own)
                : 1e-7 * Math.sqrt(size + own);
          expect(Math.abs(score - expected[i]!.score)).toBeLessThanOrEqual(tolerance);
          const near = Math.abs(found.scores[i]! - score) <= 1e-6 * Math.abs(score) + tolerance;
          expect(near || found.scores[i] === Math.fround(score)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('orders equal scores by row', () => {
    const whole = fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 80 }), whole, fc.nat(20), (vectors, q, k) => {
        const rows = vectors.map((v) => Float32Array.from(v));
        for (const metric of ['dot', 'euclidean'] as const) {
          const found = filled(rows, 3).search(Float32Array.from(q), k, { metric });
          const expected = brute(rows, Float32Array.from(q), { metric }).slice(0, k);
          expect([...found.rows]).toEqual(expected.map(({ row }) => row));
        }
      }),
    );
  });

  it('is exact over many blocks of nearly equal rows, whose scores int8 cannot tell apart', () => {
    const dims = 50;
    let state = 7;
    const chance = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
    const center = Float32Array.from({ length: dims }, chance);
    const rows = Array.from({ length: 3000 }, () => center.map((x) => x + chance() * 1e-3));
    const index = filled(rows, dims);
    const keep = Uint8Array.from(rows, () => (chance() > 0.3 ? 1 : 0));
    for (const metric of ['cosine', 'dot', 'euclidean'] as const)
      for (const options of [{ metric }, { metric, keep }]) {
        const query = center.map((x) => x + chance() * 1e-3);
        const expected = brute(rows, query, options).slice(0, 25);
        expect([...index.search(query, 25, options).rows]).toEqual(expected.map(({ row }) => row));
      }
  });

  it('follows upserts and removals', () => {
    const operation = fc.tuple(fc.nat(600), fc.option(float, { nil: undefined }));
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const index = open(2);
        const model = new Map<number, number>();
        for (const [row, x] of operations) {
          if (x === undefined) expect(index.remove(row)).toBe(model.delete(row));
          else {
            model.set(row, x);
            index.upsert(row, Float32Array.of(x, 1));
          }
          // A search between writes uses the memory into which later blocks grow.
          const found = index.search(Float32Array.of(1, 0), 1000, { metric: 'dot' });
          expect([...found.rows].sort((a, b) => a - b)).toEqual([...model.keys()].sort((a, b) => a - b));
        }
        expect(index.size).toBe(model.size);
        for (const [row, x] of model) expect(index.vector(row)).toEqual(Float32Array.of(x, 1));
      }),
      { numRuns: 40 },
    );
  });

  it('gathers vectors, with zeros for rows that hold none', () => {
    const index = filled([Float32Array.of(1, 2), undefined, Float32Array.of(3, 4)], 2);
    const out = new Float32Array(8).fill(9);
    index.gather([2, -1, 1, 0], out);
    expect([...out]).toEqual([3, 4, 0, 0, 0, 0, 1, 2]);
    expect(index.vector(1)).toBeUndefined();
    expect(() => index.gather([0, 1], new Float32Array(3))).toThrow('out holds 3 numbers, 2 rows of 2 are needed');
  });

  it('refuses what is not a vector of its space', () => {
    const index = filled([Float32Array.of(1, 2)], 2);
    expect(() => index.upsert(0, Float32Array.of(1, NaN))).toThrow('the vector of row 0 holds NaN or infinity');
    expect(index.size).toBe(0);
    expect(() => index.upsert(0, Float32Array.of(1))).toThrow('the vector has 1 dims, the index 2');
    expect(() => index.upsert(-1, Float32Array.of(1, 2))).toThrow('row must be an integer');
    expect(() => index.search(Float32Array.of(1, Infinity), 1)).toThrow('the query holds NaN or infinity');
    expect(() => index.search(Float32Array.of(1), 1)).toThrow('the query has 1 dims, the index 2');
    expect(() => index.upsert(2 ** 30, Float32Array.of(1, 2))).toThrow('use a search engine for more');
    expect(() => new KnnIndex(0)).toThrow('dims must be an integer of 1..65536, got 0');
  });

  it.each([1e-44, 1e-30, 1e25, 1e38])('is exact for vectors around %p, beyond the range of the coarse test', (size) => {
    const rows = Array.from({ length: 200 }, (_, i) => Float32Array.of(size * (1 + ((i * 37) % 101)) * 0.01, size));
    const query = Float32Array.of(1, -0.5);
    for (const metric of ['cosine', 'dot', 'euclidean'] as const) {
      const expected = brute(rows, query, { metric }).slice(0, 5);
      const found = filled(rows, 2).search(query, 5, { metric });
      const scores = Array.from(found.rows, (row) => reference(metric, query, rows[row]!));
      scores.forEach((score, i) => expect(Math.abs(score / expected[i]!.score - 1)).toBeLessThan(1e-12));
    }
  });

  it('keeps integer sums from overflowing at high dims', () => {
    const dims = 4096;
    const ones = new Float32Array(dims).fill(1);
    const index = filled([ones, ones.map((x) => -x), ones.map((x, i) => (i % 2 ? x : 0))], dims);
    expect([...index.search(ones, 3, { metric: 'dot' }).scores]).toEqual([4096, 2048, -4096]);
  });
});
