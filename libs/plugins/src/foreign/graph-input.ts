import type { GraphFeed, GraphValues } from '@attune/sdk';
import type { ForeignInput } from './foreign-model.schema.js';

/** Rows of numbers as an input of a graph takes them: `[rows]` for a width of 1 and rank 1, else `[rows, width]`. */
export function graphInput(
  { name, type, rank }: ForeignInput,
  values: ArrayLike<number>,
  width: number,
): Exclude<GraphFeed, GraphValues> {
  if (rank === 1 && width !== 1) throw new RangeError(`input "${name}" takes one number a row, not ${width}`);
  const rows = values.length / width;
  return { values: ofType(type, values), shape: rank === 1 ? [rows] : [rows, width] };
}

function ofType(type: ForeignInput['type'], values: ArrayLike<number>): GraphValues {
  if (type === 'float32') return Float32Array.from(values);
  if (type === 'int32') return Int32Array.from(values);
  return BigInt64Array.from(Array.from(values, (value) => BigInt(value)));
}

/** The same row again and again: `[count × row]`. */
export function repeated(row: ArrayLike<number>, count: number): Float64Array {
  const all = new Float64Array(row.length * count);
  for (let start = 0; start < all.length; start += row.length) all.set(row, start);
  return all;
}
