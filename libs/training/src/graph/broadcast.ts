import { type Dim, sameShape, type Shape, shapeText } from './shape.js';
import { type Tensor } from './tensor.js';

/** Shape of an elementwise result. Axes are matched from the last; a 1 is stretched. Throws RangeError. */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i): Dim => {
    const left = a[a.length - rank + i] ?? 1;
    const right = b[b.length - rank + i] ?? 1;
    if (left !== right && left !== 1 && right !== 1)
      throw new RangeError(`${shapeText(a)} and ${shapeText(b)} do not fit together`);
    return left === 1 ? right : left;
  });
}

/** Undoes a broadcast of `shape` in a gradient: sums over the axes that were stretched. */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const { graph } = gradient;
  const added = gradient.shape.length - shape.length;
  const leading = Array.from({ length: added }, (_, i) => i);
  const stretched = shape.flatMap((dim, i) => (dim === 1 && gradient.shape[added + i] !== 1 ? [added + i] : []));
  const sum = (tensor: Tensor, axes: readonly number[], keep: 0 | 1, to: Shape): Tensor => {
    if (axes.length === 0) return tensor;
    const inputs = [tensor, graph.integers(axes)];
    return graph.emit({
      op: 'ReduceSum',
      inputs,
      outputs: [{ shape: to }],
      attributes: { keepdims: { int: keep } },
    })[0];
  };
  const kept = gradient.shape.map((dim, i) => (stretched.includes(i) ? 1 : dim));
  return sum(sum(gradient, stretched, 1, kept), leading, 0, shape);
}
