import { axisOf, sameShape, type Shape, shapeText } from '../graph/shape.js';
import { type Tensor } from '../graph/tensor.js';

/** The same numbers in another shape, of which at most one dimension has a name. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (shape.filter((dim) => typeof dim === 'string').length > 1)
    throw new RangeError(`only one dimension of ${shapeText(shape)} can follow from the others`);
  const target = x.graph.integers(shape.map((dim) => (typeof dim === 'string' ? -1 : dim)));
  return x.graph.emit({
    op: 'Reshape',
    inputs: [x, target],
    outputs: [{ shape, type: x.type }],
    backward: ([g]) => [reshape(g, x.shape)],
  })[0];
}

/** Axis i of the result is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  if ([...order].sort((a, b) => a - b).some((axis, i) => axis !== i) || order.length !== x.shape.length)
    throw new RangeError(`[${order.join(', ')}] is no order of the axes of ${shapeText(x.shape)}`);
  return x.graph.emit({
    op: 'Transpose',
    inputs: [x],
    outputs: [{ shape: order.map((axis) => x.shape[axis]!), type: x.type }],
    attributes: { perm: { ints: order } },
    backward: ([g]) => [
      transpose(
        g,
        Array.from(order, (_, axis) => order.indexOf(axis)),
      ),
    ],
  })[0];
}

/** Parts of x along an axis, of the given lengths. */
export function split(x: Tensor, axis: number, lengths: readonly number[]): readonly Tensor[] {
  const at = axisOf(x.shape, axis);
  if (lengths.reduce((sum, length) => sum + length, 0) !== x.shape[at])
    throw new RangeError(`parts of ${lengths.join(', ')} are not axis ${axis} of ${shapeText(x.shape)}`);
  return x.graph.emit({
    op: 'Split',
    inputs: [x, x.graph.integers(lengths)],
    outputs: lengths.map((length) => ({ shape: x.shape.with(at, length), type: x.type })),
    attributes: { axis: { int: at } },
    backward: (gradients) => [concat(gradients, at)],
  });
}

/** From index `from` to before `to` along an axis. */
export function slice(x: Tensor, axis: number, from: number, to: number): Tensor {
  const at = axisOf(x.shape, axis);
  const length = x.shape[at]!;
  if (typeof length === 'string' || !(from >= 0 && from < to && to <= length))
    throw new RangeError(`axis ${axis} of ${shapeText(x.shape)} has no ${from} to ${to}`);
  const parts = split(
    x,
    at,
    [from, to - from, length - to].filter((part) => part > 0),
  );
  return parts[from > 0 ? 1 : 0]!;
}

/** Tensors one after another along an axis; their other dimensions are equal. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  if (first === undefined) throw new RangeError('nothing to concatenate');
  const at = axisOf(first.shape, axis);
  const lengths = tensors.map(({ shape }) => {
    const length = shape[at];
    if (typeof length !== 'number' || !sameShape(shape.with(at, 0), first.shape.with(at, 0)))
      throw new RangeError(`${shapeText(shape)} does not go beside ${shapeText(first.shape)} along axis ${axis}`);
    return length;
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return first.graph.emit({
    op: 'Concat',
    inputs: tensors,
    outputs: [{ shape: first.shape.with(at, total), type: first.type }],
    attributes: { axis: { int: at } },
    backward: ([g]) => split(g, at, lengths),
  })[0];
}
