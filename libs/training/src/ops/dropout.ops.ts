import type { Tensor } from '../graph/tensor.js';
import { mul } from './elementwise.ops.js';
import { where } from './lookup.ops.js';

/**
 * Dropout (Srivastava et al. 2014): numbers go to 0 with probability `rate`, the others are divided by 1 - rate.
 * Masks follow from the graph's seed and the number of runs since the model was opened. For inference, take rate 0.
 * @param rate 0 (x itself) to below 1
 */
export function dropout(x: Tensor, rate: number): Tensor {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`a dropout rate lies in 0..1, got ${rate}`);
  if (rate === 0) return x;
  const { graph } = x;
  const training = graph.constant(Uint8Array.of(1), []);
  return graph.emit({
    op: 'Dropout',
    inputs: [x, graph.scalar(rate), training],
    outputs: [{ shape: x.shape }, { shape: x.shape, type: 'bool' }],
    attributes: { seed: { int: graph.nextSeed() } },
    backward: ([g], [, kept]) => [where(kept, mul(g, 1 / (1 - rate)), graph.scalar(0))],
  })[0];
}
