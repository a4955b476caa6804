import { Csr, topK } from '@attune/numeric';
import { type ItemHistory, sequenceOf, type Sequences, userCount } from '../data/sequences.js';
import { recentHistory, type RecencyOptions } from './recency.kernel.js';

export interface SessionKnnOptions extends RecencyOptions {
  /** Newest sessions with an item that are compared, >= 1. Default 5,000. */
  readonly sample?: number;
  /** Most similar sessions that speak, >= 1. Default 500. */
  readonly neighbors?: number;
  /** An item of a session counts reach^distance from what it has in common, above 0, at most 1. Default 0.7. */
  readonly reach?: number;
  /** What items before that count beside those after it, >= 0. Default 0.3. */
  readonly backward?: number;
  /** Power of an item's idf that its interest is multiplied with, >= 0. Default 0.2. */
  readonly idfPower?: number;
}

/** Sessions to compare with. */
export interface SessionKnnModel {
  readonly sessions: Sequences;
  /** [items × sessions]: at which place of the session, from 1, the item is met last. */
  readonly places: Csr;
  /** ln(sessions / sessions with the item) [items]; 0 for an item in none. */
  readonly idf: Float32Array;
}

/**
 * Session-based neighbors (VS-kNN: Ludewig and Jannach 2018; distances as in V-STAN: Ludewig et al. 2019).
 * @param sessions oldest session first; items of a session oldest first
 */
export function fitSessionKnn(sessions: Sequences): SessionKnnModel {
  const { offsets, items, itemCount } = sessions;
  const count = userCount(sessions);
  const owners = new Int32Array(items.length);
  for (let s = 0; s < count; s++) owners.fill(s, offsets[s], offsets[s + 1]);
  const places = Csr.fromTriplets({ rows: items, cols: owners }, itemCount, count);
  const { indptr, indices, values } = places;
  const cursors = indptr.slice();
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!;
    const session = owners[at]!;
    if (indices[cursors[item]!] !== session) cursors[item]!++;
    values[cursors[item]!] = at - offsets[session]! + 1;
  }
  const idf = Float32Array.from({ length: itemCount }, (_, item) => {
    const met = indptr[item + 1]! - indptr[item]!;
    return met > 0 ? Math.log(count / met) : 0;
  });
  return { sessions, places, idf };
}

/**
 * Interest in every item: what the most similar sessions hold near the newest item they have in common with the history.
 * A session is as similar as the weights of the history's items in it; the newest `sample` sessions of each are compared.
 * @returns [items], higher is better, 0 for what no session speaks for
 * Throws RangeError for bad options.
 */
export function sessionKnnInterests(
  model: SessionKnnModel,
  history: ItemHistory,
  options: SessionKnnOptions = {},
): Float32Array {
  const { neighbors = 500, reach = 0.7, backward = 0.3, idfPower = 0.2, sample = 5000 } = options;
  check({ neighbors, sample }, { backward, idfPower }, reach);
  const { likeness, anchors } = compare(model, recentHistory(history, options), sample);
  const interests = new Float32Array(model.idf.length);
  for (const session of topK(likeness, neighbors)) {
    if (!(likeness[session]! > 0)) break;
    const items = sequenceOf(model.sessions, session);
    let weight = likeness[session]!;
    for (let k = anchors[session]!; k < items.length; k++, weight *= reach) interests[items[k]!]! += weight;
    weight = likeness[session]! * backward * reach;
    for (let k = anchors[session]! - 1; k >= 0; k--, weight *= reach) interests[items[k]!]! += weight;
  }
  if (idfPower > 0)
    for (let item = 0; item < interests.length; item++) interests[item]! *= model.idf[item]! ** idfPower;
  return interests;
}

/** How similar each session is, and at which place it has the newest item in common. */
function compare(
  { places, sessions }: SessionKnnModel,
  { rows, weights }: ItemHistory,
  sample: number,
): { likeness: Float64Array; anchors: Int32Array } {
  const likeness = new Float64Array(userCount(sessions));
  const anchors = new Int32Array(likeness.length);
  const { indptr, indices, values } = places;
  for (let h = 0; h < rows.length; h++) {
    const row = rows[h]!;
    if (!(row >= 0 && row < places.rows)) continue;
    const end = indptr[row + 1]!;
    for (let at = Math.max(indptr[row]!, end - sample); at < end; at++) {
      const session = indices[at]!;
      likeness[session]! += weights?.[h] ?? 1;
      anchors[session] = values[at]! - 1;
    }
  }
  return { likeness, anchors };
}

function check(counts: Record<string, number>, powers: Record<string, number>, reach: number): void {
  for (const [name, value] of Object.entries(counts))
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`${name} must be >= 1, got ${value}`);
  for (const [name, value] of Object.entries(powers))
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be >= 0, got ${value}`);
  if (!(reach > 0 && reach <= 1)) throw new RangeError(`reach must lie above 0 and at most at 1, got ${reach}`);
}
