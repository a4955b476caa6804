import { sumTo } from '../graph/broadcast.js';
import { axisOf } from '../graph/shape.js';
import { type Tensor } from '../graph/tensor.js';
import { add, div, mul, single, sqrt, sub } from './elementwise.ops.js';
import { reduceMean, reduceSum } from './reduction.ops.js';

const overLast = { axes: [-1], keepDims: true };

/** e^x / Σ e^x along the last axis. */
export const softmax = (x: Tensor): Tensor =>
  single('Softmax', x, (g, y) => {
    const part = mul(g, y);
    return sub(part, mul(y, reduceSum(part, overLast)));
  });

/** log Σ e^x along the last axis, which stays as 1. */
export function logSumExp(x: Tensor): Tensor {
  return x.graph.emit({
    op: 'ReduceLogSumExp',
    inputs: [x, x.graph.integers([axisOf(x.shape, -1)])],
    outputs: [{ shape: x.shape.with(-1, 1) }],
    attributes: { keepdims: { int: 1 } },
    backward: ([g]) => [mul(softmax(x), g)],
  })[0];
}

/**
 * Layer normalization (Ba, Kiros and Hinton 2016) along the last axis [d].
 * @param gain [d], around 1
 * @param bias [d]
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  const last = axisOf(x.shape, -1);
  const each = { shape: x.shape.with(last, 1) };
  return x.graph.emit({
    op: 'LayerNormalization',
    inputs: [x, gain, bias],
    outputs: [{ shape: x.shape }, each, each],
    attributes: { axis: { int: last }, epsilon: { float: epsilon } },
    backward: ([g], [, mean, inverseDeviation]) => {
      const unit = mul(sub(x, mean), inverseDeviation);
      const scaled = mul(g, gain);
      const along = mul(unit, reduceMean(mul(scaled, unit), overLast));
      const ofX = mul(sub(sub(scaled, reduceMean(scaled, overLast)), along), inverseDeviation);
      return [ofX, sumTo(mul(g, unit), gain.shape), sumTo(g, bias.shape)];
    },
  })[0];
}

/** x scaled to length 1 along the last axis; `epsilon` is added to the squared length. */
export function l2Normalize(x: Tensor, epsilon = 1e-12): Tensor {
  return div(x, sqrt(add(reduceSum(mul(x, x), overLast), epsilon)));
}
