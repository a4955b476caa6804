/** Length of an axis: a number, or a name where it is known only when the graph is run. */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** `float32` flows gradients; `int32` is for rows of tables; `int64` and `bool` occur inside a graph. */
export type ElementType = 'float32' | 'int32' | 'int64' | 'bool';

/** `[3, N]`, for messages. */
export const shapeText = (shape: Shape): string => `[${shape.join(', ')}]`;

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((dim, i) => dim === b[i]);

/** How many numbers a tensor has. Throws RangeError where a dimension has a name. */
export function sizeOf(shape: Shape): number {
  return shape.reduce<number>((size, dim) => {
    if (typeof dim === 'string') throw new RangeError(`${shapeText(shape)} has no size before it is run`);
    return size * dim;
  }, 1);
}

/** Axis 0..rank-1; negative ones count from the end. Throws RangeError for others. */
export function axisOf(shape: Shape, axis: number): number {
  const at = axis < 0 ? axis + shape.length : axis;
  if (!(Number.isInteger(at) && at >= 0 && at < shape.length))
    throw new RangeError(`${shapeText(shape)} has no axis ${axis}`);
  return at;
}
