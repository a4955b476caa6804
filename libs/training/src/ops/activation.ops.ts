import { stopGradient, withGradient } from '../graph/gradients.js';
import type { Tensor } from '../graph/tensor.js';
import { add, exp, log, mul, single, sub } from './elementwise.ops.js';

/** 1 / (1 + e^-x). */
export const sigmoid = (x: Tensor): Tensor => single('Sigmoid', x, (g, y) => mul(g, sub(y, mul(y, y))));

/** max(x, 0); the gradient at 0 is 0. */
export const relu = (x: Tensor): Tensor => single('Relu', x, (g, y) => mul(g, single('Sign', y)));

/** x Φ(x), the exact form of Hendrycks and Gimpel 2016. */
export const gelu = (x: Tensor): Tensor =>
  single('Gelu', x, (g) => {
    const cumulative = mul(add(single('Erf', mul(x, Math.SQRT1_2)), 1), 0.5);
    const density = mul(exp(mul(mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return mul(g, add(cumulative, mul(x, density)));
  });

/**
 * log(1 + e^x), for any x without overflow: max(x, 0) - log σ(|x|). ONNX Runtime's own Softplus takes many times as
 * long, because it is not vectorized.
 */
export function softplus(x: Tensor): Tensor {
  const stopped = stopGradient(x);
  const value = sub(relu(stopped), log(sigmoid(single('Abs', stopped))));
  return withGradient(value, [x], (g) => [mul(g, sigmoid(x))]);
}
