import { Csr } from '@attune/numeric';

/** How BM25 weighs an entry; see `bm25`. */
export interface Bm25Options {
  /** How fast repetition saturates, >= 0. Default 1.2. */
  readonly k1?: number;
  /** How far the length of an item counts, 0..1. Default 0.2. */
  readonly b?: number;
}

/**
 * TF-IDF with items as documents and users as words: √x_ui × idf of the user, ln(items / (1 + items of the user)).
 * @param matrix users × items, values >= 0
 */
export function tfidf(matrix: Csr): Csr {
  return weighted(matrix, (value) => Math.sqrt(value));
}

/**
 * Okapi BM25 (Robertson et al. 1995) with items as documents and users as words:
 *   x (k1 + 1) / (k1 (1 − b + b × total of the item / mean total) + x) × idf of the user, as in `tfidf`
 * @param matrix users × items, values >= 0
 * Throws RangeError for k1 < 0 or b outside 0..1.
 */
export function bm25(matrix: Csr, { k1 = 1.2, b = 0.2 }: Bm25Options = {}): Csr {
  if (!(k1 >= 0 && k1 < Infinity)) throw new RangeError(`k1 must be >= 0, got ${k1}`);
  if (!(b >= 0 && b <= 1)) throw new RangeError(`b must lie in 0..1, got ${b}`);
  const totals = new Float64Array(matrix.cols);
  matrix.indices.forEach((item, at) => (totals[item]! += matrix.values[at]!));
  const mean = totals.reduce((sum, total) => sum + total, 0) / matrix.cols;
  const norms = totals.map((total) => k1 * (1 - b + (b * total) / mean));
  return weighted(matrix, (value, item) => (value * (k1 + 1)) / (norms[item]! + value));
}

function weighted(matrix: Csr, weigh: (value: number, item: number) => number): Csr {
  const { indptr, indices, rows, cols } = matrix;
  const values = new Float32Array(matrix.entries);
  for (let user = 0; user < rows; user++) {
    const [start, end] = [indptr[user]!, indptr[user + 1]!];
    const idf = Math.log(cols / (1 + end - start));
    for (let at = start; at < end; at++) values[at] = idf * weigh(matrix.values[at]!, indices[at]!);
  }
  return Csr.fromArrays({ rows, cols }, { indptr, indices, values });
}
