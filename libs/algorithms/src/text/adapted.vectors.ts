import { axpy, normalizeRows, rowProducts } from '@attune/numeric';
import type { ItemHistory, Sequences } from '../data/sequences.js';
import { recentHistory } from '../sequences/recency.kernel.js';
import type { AdapterMap } from './adapter.graph.js';
import type { TextAdapterModel } from './adapter.model.js';
import { checkVectors, type TextVectors } from './text.vectors.js';
import { whitened } from './text.whitening.js';

/** Items as parts of a history, as an adapter sees them. */
export interface AdaptedHistory {
  readonly dims: number;
  /** [items × dims], each of length 1. */
  readonly history: Float32Array;
  readonly last: number;
  readonly decay: number;
}

/** Vectors of items as an adapter sees them, all of length 1. */
export interface AdaptedVectors extends AdaptedHistory {
  /** Of items as candidates [items × dims]: what an index of neighbors holds. */
  readonly items: Float32Array;
}

/**
 * Adapts vectors of texts, of items that were learned from or of new ones. Each by itself, so that a large catalogue
 * can be adapted in pieces: 2.5 × dims² multiplications a text.
 * Throws RangeError for vectors of other dims, or that are no finite numbers.
 */
export function adaptVectors(model: TextAdapterModel, vectors: TextVectors): AdaptedVectors {
  const rows = checkedRows(model, vectors);
  return { ...historyOf(model, rows), items: mapped(rows, model.items) };
}

/** Only as candidates [texts × dims]: see `adaptVectors`, 1.5 × dims² multiplications a text. */
export const adaptItems = (model: TextAdapterModel, vectors: TextVectors): Float32Array =>
  mapped(checkedRows(model, vectors), model.items);

/** Only as parts of a history: see `adaptVectors`, 1.5 × dims² multiplications a text. */
export const adaptHistory = (model: TextAdapterModel, vectors: TextVectors): AdaptedHistory =>
  historyOf(model, checkedRows(model, vectors));

/**
 * The vector that asks for what follows a history [dims]: the decayed mean of its newest items, scaled to length 1. Its
 * dot products with vectors of items are the interests. All 0 where no item of the history is known.
 */
export function adapterQuery({ dims, history, last, decay }: AdaptedHistory, asked: ItemHistory): Float32Array {
  const query = new Float32Array(dims);
  const count = history.length / dims;
  const places = Array.from(asked.rows, (_, h) => h).filter((h) => isRow(asked.rows[h]!, count));
  const known = { rows: places.map((h) => asked.rows[h]!), weights: places.map((h) => asked.weights?.[h] ?? 1) };
  const { rows, weights } = recentHistory(known, { last, decay });
  for (let h = 0; h < rows.length; h++) addRow(query, history, rows[h]!, weights?.[h] ?? 1);
  normalizeRows(query, dims);
  return query;
}

/**
 * What to add to the interest in each item [items]: `lift` where the sequences lack it, 0 elsewhere. New items are taken up
 * more than their cosines say, whether an adapter was fitted or not; a lift makes up for it, at the cost of places of the
 * others. 0.08 suits Amazon Office (docs/evaluation/models.md).
 */
export function newItemLifts({ items, itemCount }: Sequences, lift: number): Float32Array {
  const lifts = new Float32Array(itemCount).fill(lift);
  for (const item of items) lifts[item] = 0;
  return lifts;
}

/**
 * Interests in every item after a history [items]: cosines, -1 to 1, and on top of them `lifts` [items], such as those
 * of `newItemLifts`; all 0 where no item of it is known.
 * Throws RangeError for lifts of another number of items.
 */
export function adapterInterests(vectors: AdaptedVectors, asked: ItemHistory, lifts?: Float32Array): Float32Array {
  const query = adapterQuery(vectors, asked);
  const interests = rowProducts(vectors.items, query);
  if (lifts === undefined) return interests;
  if (lifts.length !== interests.length)
    throw new RangeError(`${lifts.length} lifts are not of ${interests.length} items`);
  if (query.some((value) => value !== 0)) axpy(interests, lifts, 0, 1, lifts.length);
  return interests;
}

/** Vectors of texts at length 1, their mean and spread taken out. */
function checkedRows({ dims, whitening }: TextAdapterModel, vectors: TextVectors): Float32Array {
  checkVectors(vectors);
  if (vectors.dims !== dims) throw new RangeError(`vectors of ${vectors.dims} dims, the adapter is of ${dims}`);
  return whitened(vectors, whitening);
}

const historyOf = ({ dims, history, last, decay }: TextAdapterModel, rows: Float32Array): AdaptedHistory => ({
  dims,
  history: mapped(rows, history),
  last,
  decay,
});

const isRow = (row: number, count: number): boolean => Number.isInteger(row) && row >= 0 && row < count;

function addRow(sum: Float32Array, rows: Float32Array, row: number, weight: number): void {
  axpy(sum, rows, row * sum.length, weight, sum.length);
}

/** unit(x + x · weights + bias) of each row. */
function mapped(rows: Float32Array, { weights, bias }: AdapterMap): Float32Array {
  const dims = bias.length;
  const all = rows.slice();
  const sum = new Float64Array(dims);
  for (let from = 0; from < rows.length; from += dims) {
    sum.set(bias);
    for (let i = 0; i < dims; i++) axpy(sum, weights, i * dims, rows[from + i]!, dims);
    for (let i = 0; i < dims; i++) all[from + i]! += sum[i]!;
  }
  normalizeRows(all, dims);
  return all;
}
