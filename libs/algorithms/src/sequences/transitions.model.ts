import { type Csr, reportStep, type Watch } from '@attune/numeric';
import { type ItemHistory, type Sequences, userCount } from '../data/sequences.js';
import { rowSums } from '../neighbors/row-sums.kernel.js';
import { SparseSums } from '../neighbors/sparse-sums.kernel.js';
import { TopRows } from '../neighbors/top-rows.builder.js';
import { recentHistory, type RecencyOptions } from './recency.kernel.js';

export interface TransitionOptions extends Watch {
  /** Farthest distance of a pair within a sequence, >= 1. Default 10. */
  readonly window?: number;
  /** A pair at distance δ counts δ^−fade, >= 0. Default 1. */
  readonly fade?: number;
  /** What a pair counts for the way back, from the later item to the earlier one, >= 0. Default 0. */
  readonly backward?: number;
  /** Power of an item's popularity that its weight is divided by, >= 0. Default 0.3. */
  readonly popularityPower?: number;
  /** Added to the sum of a row before the row is divided by it, >= 0: few pairs say little. Default 5. */
  readonly shrinkage?: number;
  /** Items kept for each item, >= 1. Default 500. */
  readonly neighbors?: number;
}

/** What came after what. */
export interface TransitionModel {
  /** [items × items]: row i holds what follows item i. */
  readonly followers: Csr;
}

/** Items between two reports. */
const STEP = 64;

/**
 * Item-to-item transitions within a window, a Markov chain of order one that looks past the next item:
 *   M_ij = Σ over pairs of i and a later j at distance δ <= window of δ^−fade (and backward × δ^−fade for M_ji)
 * then M_ij / (popularity of j + 1)^popularityPower, then the row divided by (its sum + shrinkage). Popularity is the
 * number of occurrences. Costs window × occurrences; memory is neighbors × items.
 * Throws RangeError for bad options, StoppedError. Progress is in items.
 */
export function fitTransitions(sequences: Sequences, options: TransitionOptions = {}): TransitionModel {
  const { window = 10, fade = 1, backward = 0, popularityPower = 0.3, shrinkage = 5, neighbors = 500 } = options;
  check({ window, fade, backward, popularityPower, shrinkage });
  const n = sequences.itemCount;
  const result = new TopRows(n, n, neighbors);
  const places = new Places(sequences);
  const damping = Float64Array.from({ length: n }, (_, j) => (places.count(j) + 1) ** -popularityPower);
  const after = Float64Array.from({ length: window }, (_, k) => (k + 1) ** -fade);
  const before = after.map((weight) => weight * backward);
  const sums = new SparseSums(n);
  for (let item = 0; item < n; item++) {
    if (item % STEP === 0) reportStep(options, item, n);
    places.addAround(item, after, before, sums);
    const columns = sums.touched();
    let total = shrinkage;
    for (const j of columns) total += sums.sums[j]! * damping[j]!;
    result.add(columns, (j) => (sums.sums[j]! * damping[j]!) / total);
    sums.clear();
  }
  reportStep(options, n, n);
  return { followers: result.build() };
}

/**
 * Interest in every item as what follows the newest items of a history.
 * @param options which items count, and how their age counts
 * @returns [items], higher is better, 0 for what never followed
 */
export function transitionInterests(
  { followers }: TransitionModel,
  history: ItemHistory,
  options: RecencyOptions = {},
): Float32Array {
  return rowSums(followers, recentHistory(history, options));
}

/** An inverted index of sequences. */
class Places {
  private readonly starts: Int32Array;
  private readonly places: Int32Array;
  private readonly owners: Int32Array;

  constructor(private readonly sequences: Sequences) {
    const { offsets, items, itemCount } = sequences;
    this.starts = new Int32Array(itemCount + 1);
    for (const item of items) this.starts[item + 1]!++;
    for (let item = 0; item < itemCount; item++) this.starts[item + 1]! += this.starts[item]!;
    const next = this.starts.slice();
    this.places = new Int32Array(items.length);
    items.forEach((item, place) => (this.places[next[item]!++] = place));
    this.owners = new Int32Array(items.length);
    for (let u = 0; u < userCount(sequences); u++) this.owners.fill(u, offsets[u], offsets[u + 1]);
  }

  /** How often the item occurs. */
  count(item: number): number {
    return this.starts[item + 1]! - this.starts[item]!;
  }

  /** Adds what stands after and before each occurrence of the item, by weights of distances from 1 on. */
  addAround(item: number, after: Float64Array, before: Float64Array, sums: SparseSums): void {
    const { offsets, items } = this.sequences;
    const reach = before.some((weight) => weight > 0) ? before.length : 0;
    for (let p = this.starts[item]!; p < this.starts[item + 1]!; p++) {
      const place = this.places[p]!;
      const owner = this.owners[place]!;
      const last = Math.min(after.length, offsets[owner + 1]! - 1 - place);
      for (let d = 1; d <= last; d++) sums.add(items[place + d]!, after[d - 1]!);
      const first = Math.min(reach, place - offsets[owner]!);
      for (let d = 1; d <= first; d++) sums.add(items[place - d]!, before[d - 1]!);
    }
  }
}

function check({ window, ...powers }: Record<string, number>): void {
  if (!(Number.isInteger(window) && window! >= 1)) throw new RangeError(`window must be >= 1, got ${window}`);
  for (const [name, value] of Object.entries(powers))
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be >= 0, got ${value}`);
}
