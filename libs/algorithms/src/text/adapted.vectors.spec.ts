import { sequencesOf } from '../data/sequences.js';
import { adapterInterests, adapterQuery, adaptVectors, newItemLifts } from './adapted.vectors.js';
import { startTextAdapter, type TextAdapterModel } from './adapter.model.js';
import { whitened, whiteningOf } from './text.whitening.js';
import { seeded } from '../testing/seeded.js';

const random = seeded(11);
/** 400 texts along narrow directions away from the origin. */
const values = Float32Array.from({ length: 1200 }, (_, i) => 2 + (random() - 0.5) * [1, 0.1, 3][i % 3]!);
const vectors = { values, dims: 3 };
const rowOf = (rows: Float32Array, row: number): number[] => [...rows.subarray(row * 3, row * 3 + 3)];
const dotOf = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe('whitening', () => {
  it('makes directions alike, as the covariance says', () => {
    const { center, factor } = whiteningOf(vectors, 1e-6);
    const mean = [0, 1, 2].map((k) => values.reduce((sum, value, i) => sum + (i % 3 === k ? value : 0), 0) / 400);
    mean.forEach((value, k) => expect(center[k]).toBeCloseTo(value, 4));
    const covariance = (a: number, b: number): number => {
      const along = (row: number, k: number): number =>
        dotOf(
          rowOf(factor, k),
          [0, 1, 2].map((j) => values[row * 3 + j]! - mean[j]!),
        );
      let sum = 0;
      for (let row = 0; row < 400; row++) sum += along(row, a) * along(row, b);
      return sum;
    };
    for (const a of [0, 1, 2]) for (const b of [0, 1, 2]) expect(covariance(a, b)).toBeCloseTo(a === b ? 1 : 0, 3);
  });

  it('leaves cosines of differences from the mean as they are where the ridge is high', () => {
    const rows = whitened(vectors, whiteningOf(vectors, 1e6));
    const center = whiteningOf(vectors, 1).center;
    const differences = [0, 1].map((row) => [0, 1, 2].map((k) => values[row * 3 + k]! - center[k]!));
    const cosine =
      dotOf(differences[0]!, differences[1]!) / Math.hypot(...differences[0]!) / Math.hypot(...differences[1]!);
    expect(dotOf(rowOf(rows, 0), rowOf(rows, 1))).toBeCloseTo(cosine, 4);
  });

  it('takes texts that are all the same, and a single one', () => {
    const same = { values: Float32Array.of(1, 2, 1, 2), dims: 2 };
    expect([...whitened(same, whiteningOf(same, 0.3))]).toEqual([0, 0, 0, 0]);
  });
});

/** Swaps two directions for items, and moves histories by a bias. */
const model: TextAdapterModel = {
  dims: 2,
  whitening: { dims: 2, center: Float32Array.of(1, 0), factor: Float32Array.of(1, 0, 0, 1) },
  items: { weights: Float32Array.of(-1, 1, 1, -1), bias: new Float32Array(2) },
  history: { weights: new Float32Array(4), bias: Float32Array.of(0, 1) },
  last: 2,
  decay: 0.5,
};
/** In whitened form: (1, 0), (0, 1), (-1, 0). */
const three = { values: Float32Array.of(3, 0, 1, 2, 0, 0), dims: 2 };
const close = (found: Float32Array, expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
};
const half = Math.SQRT1_2;

describe('adaptVectors', () => {
  it('adds what the maps say, each text by itself', () => {
    const { items, history } = adaptVectors(model, three);
    close(items, [0, 1, 1, 0, 0, -1]);
    close(history, [half, half, 0, 1, -half, half]);
    const { items: alone } = adaptVectors(model, { values: three.values.slice(4), dims: 2 });
    close(alone, [0, -1]);
  });

  it('refuses vectors of other dims and those that are no numbers', () => {
    expect(() => adaptVectors(model, vectors)).toThrow('vectors of 3 dims, the adapter is of 2');
    expect(() => adaptVectors(model, { values: Float32Array.of(1, 0, 0, NaN), dims: 2 })).toThrow(
      'vector 1 has a number NaN',
    );
    expect(() => adaptVectors(model, { values: new Float32Array(3), dims: 2 })).toThrow(
      '3 numbers are not whole vectors of 2',
    );
  });
});

describe('adapterQuery and adapterInterests', () => {
  const adapted = adaptVectors(model, three);

  it('takes the decayed mean of the newest items', () => {
    // The oldest of three does not count; the newest counts twice as much as the one before.
    const sum = [half + 2 * 0, half + 2 * 1];
    const length = Math.hypot(...sum);
    const query = sum.map((value) => value / length);
    close(adapterQuery(adapted, { rows: [2, 0, 1] }), query);
    close(adapterInterests(adapted, { rows: [2, 0, 1] }), [query[1]!, query[0]!, -query[1]!]);
  });

  it('heeds weights, and skips rows that are none', () => {
    const plain = adapterQuery(adapted, { rows: [0, 1], weights: [4, 1] });
    close(
      plain,
      [2 * half, 1 + 2 * half].map((value) => value / Math.hypot(2 * half, 1 + 2 * half)),
    );
    expect(adapterQuery(adapted, { rows: [0, -1, 1, 3, NaN], weights: [4, 9, 1, 9, 9] })).toEqual(plain);
    expect(adapterInterests(adapted, { rows: [7] })).toEqual(new Float32Array(3));
    expect(adapterInterests(adapted, { rows: [] })).toEqual(new Float32Array(3));
  });
});

describe('newItemLifts', () => {
  const adapted = adaptVectors(model, three);
  const lifts = newItemLifts(sequencesOf([[0], [], [0, 2]], 3), 0.25);

  it('raises what no sequence has', () => {
    expect([...lifts]).toEqual([0, 0.25, 0]);
    const [first, second, third] = adapterInterests(adapted, { rows: [1] });
    close(adapterInterests(adapted, { rows: [1] }, lifts), [first!, second! + 0.25, third!]);
  });

  it('raises nothing where no item of the history is known, and takes no lifts of other items', () => {
    expect([...adapterInterests(adapted, { rows: [7] }, lifts)]).toEqual([0, 0, 0]);
    expect(() => adapterInterests(adapted, { rows: [1] }, new Float32Array(2))).toThrow('2 lifts are not of 3 items');
  });
});

describe('startTextAdapter', () => {
  it('whitens, and changes nothing else', () => {
    const { items, history } = adaptVectors(startTextAdapter(vectors), vectors);
    const rows = whitened(vectors, whiteningOf(vectors, 0.3));
    expect(items).toEqual(history);
    rows.forEach((value, i) => expect(items[i]).toBeCloseTo(value, 6));
  });

  it('refuses no vectors', () => {
    expect(() => startTextAdapter({ values: new Float32Array(0), dims: 3 })).toThrow('there are no vectors');
    expect(() => startTextAdapter({ values: new Float32Array(3), dims: 0 })).toThrow('dims must be a whole number');
  });
});
