import { stopGradient, withGradient } from '../graph/gradients.js';
import type { Tensor } from '../graph/tensor.js';
import { add, mul, sub } from './elementwise.ops.js';
import { matMul } from './linear.ops.js';
import { softmax } from './normalization.ops.js';
import { reduceSum } from './reduction.ops.js';

/** Who looks at what; leading axes are equal, such as windows and heads. */
export interface Attention {
  /** [..., n, width]. */
  readonly queries: Tensor;
  /** [..., m, width]. */
  readonly keys: Tensor;
  /** [..., m, d]. */
  readonly values: Tensor;
  /** Added to the scores before the softmax: shapes that stretch to [..., n, m]; no gradient goes to it. */
  readonly mask: Tensor;
  /** Factors of the weights after the softmax, as of dropout, of such a shape; no gradient goes to them. */
  readonly kept?: Tensor | undefined;
}

/**
 * Attention (Vaswani et al. 2017): softmax(queries · keysᵀ / √width + mask) × kept · values, [..., n, d].
 * Of the way back through the softmax, the sum of weights × their gradients is taken from the result and its gradient,
 * which are narrower (Dao et al. 2022).
 */
export function attention({ queries, keys, values, mask, kept }: Attention): Tensor {
  const [q, k, v] = [stopGradient(queries), stopGradient(keys), stopGradient(values)];
  const scale = 1 / Math.sqrt(Number(q.shape.at(-1)));
  const chances = softmax(add(matMul(q, k, { transposeB: true, scale }), stopGradient(mask)));
  const factors = kept && stopGradient(kept);
  const keeping = (x: Tensor): Tensor => (factors === undefined ? x : mul(x, factors));
  const weights = keeping(chances);
  const seen = matMul(weights, v);
  return withGradient(seen, [queries, keys, values], (g) => {
    const along = reduceSum(mul(g, seen), { axes: [-1], keepDims: true });
    const ofScores = mul(sub(keeping(matMul(g, v, { transposeB: true })), along), chances);
    return [
      matMul(ofScores, k, { scale }),
      matMul(ofScores, q, { transposeA: true, scale }),
      matMul(weights, g, { transposeA: true }),
    ];
  });
}
