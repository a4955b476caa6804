import type { FactorizationModel } from './factorization.kernel.js';
import type { FieldEntries } from './field.layout.js';

/** Entries of cases, those that all cases have apart: a slate's cases differ in the item only. */
export interface SplitEntries {
  /** Entries of each case that count more than 0, the same in all. */
  readonly shared: FieldEntries;
  /** The other entries [cases × width], case after case. */
  readonly own: FieldEntries & { readonly width: number };
}

/** Splits entries of cases [cases × width]. */
export function splitShared({ rows, values }: FieldEntries, width: number): SplitEntries {
  const cases = width === 0 ? 0 : rows.length / width;
  const isShared = Array.from({ length: width }, (_, slot) => {
    for (let at = slot; at < rows.length; at += width)
      if (rows[at] !== rows[slot] || values[at] !== values[slot]) return false;
    return cases > 0;
  });
  const shared = isShared.flatMap((is, slot) => (is && values[slot] !== 0 ? [slot] : []));
  const own = isShared.flatMap((is, slot) => (is ? [] : [slot]));
  const places = Int32Array.from({ length: cases * own.length }, (_, i) => {
    const at = Math.floor(i / own.length);
    return at * width + own[i - at * own.length]!;
  });
  return {
    shared: {
      rows: Int32Array.from(shared, (slot) => rows[slot]!),
      values: Float32Array.from(shared, (slot) => values[slot]!),
    },
    own: {
      rows: places.map((at) => rows[at]!),
      values: Float32Array.from(places, (at) => values[at]!),
      width: own.length,
    },
  };
}

/**
 * The odds of a machine for each case of split entries, passed on case by case: as `oddsWithoutBias`, where the part of the shared
 * entries is worked out once.
 */
export function eachOdds(
  machine: FactorizationModel,
  { shared, own }: SplitEntries,
  cases: number,
  take: (odds: number, at: number) => void,
): void {
  const { dims } = machine;
  const start = new Float64Array(dims);
  const linearStart = addEntries(machine, shared, [0, shared.rows.length], start);
  const sums = new Float64Array(dims);
  for (let at = 0; at < cases; at++) {
    sums.set(start);
    const parts = addEntries(machine, own, [at * own.width, (at + 1) * own.width], sums);
    let whole = 0;
    for (let d = 0; d < dims; d++) whole += sums[d]! * sums[d]!;
    take(linearStart + parts + 0.5 * whole, at);
  }
}

/** Adds the factors of entries to `sums` [dims]; Σ of their weights less half of the squares of their factors. */
function addEntries(
  { weights, factors, dims }: FactorizationModel,
  { rows, values }: FieldEntries,
  [from, to]: readonly [number, number],
  sums: Float64Array,
): number {
  let linear = 0;
  let squares = 0;
  for (let s = from; s < to; s++) {
    const value = values[s]!;
    const row = rows[s]!;
    linear += weights[row]! * value;
    for (let d = 0, k = row * dims; d < dims; d++, k++) {
      const part = factors[k]! * value;
      sums[d]! += part;
      squares += part * part;
    }
  }
  return linear - 0.5 * squares;
}
