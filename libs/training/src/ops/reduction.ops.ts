import { shapeOf } from '../graph/gradients.js';
import { axisOf, type Shape } from '../graph/shape.js';
import { type Tensor } from '../graph/tensor.js';
import { mul } from './elementwise.ops.js';

export interface ReductionOptions {
  /** Axes to go; negative ones count from the end. Default all. */
  readonly axes?: readonly number[];
  /** Leaves a 1 where an axis was. Default false. */
  readonly keepDims?: boolean;
}

/** Sum over axes. */
export function reduceSum(x: Tensor, options: ReductionOptions = {}): Tensor {
  return reduce('ReduceSum', x, options, (stretched) => stretched);
}

/** Mean over axes, whose lengths must be known. */
export function reduceMean(x: Tensor, options: ReductionOptions = {}): Tensor {
  const count = axesOf(x.shape, options).reduce((product, axis) => product * lengthOf(x.shape, axis), 1);
  return reduce('ReduceMean', x, options, (stretched) => mul(stretched, 1 / count));
}

function reduce(op: string, x: Tensor, options: ReductionOptions, scale: (g: Tensor) => Tensor): Tensor {
  const { keepDims = false } = options;
  const { graph } = x;
  const axes = axesOf(x.shape, options);
  const kept = x.shape.map((dim, i) => (axes.includes(i) ? 1 : dim));
  const positions = graph.integers(axes);
  return graph.emit({
    op,
    inputs: [x, positions],
    outputs: [{ shape: keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i)) }],
    attributes: { keepdims: { int: Number(keepDims) } },
    backward: ([g]) => {
      const full = keepDims
        ? g
        : graph.emit({ op: 'Unsqueeze', inputs: [g, positions], outputs: [{ shape: kept }] })[0];
      const [stretched] = graph.emit({ op: 'Expand', inputs: [full, shapeOf(x)], outputs: [{ shape: x.shape }] });
      return [scale(stretched)];
    },
  })[0];
}

const axesOf = (shape: Shape, { axes }: ReductionOptions): readonly number[] =>
  axes?.map((axis) => axisOf(shape, axis)) ?? shape.map((_, i) => i);

function lengthOf(shape: Shape, axis: number): number {
  const length = shape[axis];
  if (typeof length !== 'number') throw new RangeError(`the mean over axis ${axis} needs its length, not ${length}`);
  return length;
}
