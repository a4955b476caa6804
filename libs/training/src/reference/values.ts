/** A tensor with its numbers, whatever its type; rows of the last axis lie together. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const sizeOfDims = (shape: readonly number[]): number => shape.reduce((size, dim) => size * dim, 1);

export function valuesOf(data: Float64Array, shape: readonly number[]): Values {
  if (data.length !== sizeOfDims(shape)) throw new RangeError(`${data.length} numbers are no [${shape.join(', ')}]`);
  return { shape, data };
}

/** How far apart neighbors along each axis lie. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1]! * shape[i + 1]!;
  return strides;
}

/**
 * Where each number of `shape` lies in an array with the given strides, one an axis; 0 for an axis that is stretched.
 */
export function placesOf(shape: readonly number[], strides: readonly number[]): Int32Array {
  let places = Int32Array.of(0);
  for (const [axis, dim] of shape.entries()) {
    const stride = strides[axis]!;
    const next = new Int32Array(places.length * dim);
    for (let i = 0; i < places.length; i++) for (let k = 0; k < dim; k++) next[i * dim + k] = places[i]! + k * stride;
    places = next;
  }
  return places;
}

/** Where each number of `shape` lies in a tensor that is stretched to it. */
export function stretchedPlaces(shape: readonly number[], from: readonly number[]): Int32Array {
  const size = sizeOfDims(shape);
  if (sizeOfDims(from) === 1) return new Int32Array(size);
  if (sizeOfDims(from) === size) return placesOf([size], [1]);
  const own = stridesOf(from);
  const added = shape.length - from.length;
  const strides = shape.map((_, i) => (i < added || from[i - added] === 1 ? 0 : own[i - added]!));
  return placesOf(shape, strides);
}

/** The numbers at places. */
export function take({ data }: Values, places: Int32Array, shape: readonly number[]): Values {
  const taken = new Float64Array(places.length);
  for (let i = 0; i < taken.length; i++) taken[i] = data[places[i]!]!;
  return valuesOf(taken, shape);
}
