import { parameterGradient } from '../graph/gradients.js';
import type { Tensor } from '../graph/tensor.js';
import { encodeModel } from '../onnx/model.encoder.js';
import { add, div, mul, sqrt, sub } from '../ops/elementwise.ops.js';
import { reduceSum } from '../ops/reduction.ops.js';

export interface TrainingStepOptions {
  /** Longest gradient, > 0; longer ones are scaled to it. Default Infinity. */
  readonly clip?: number;
  /** Decay of the mean gradient, 0..1. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean squared gradient, 0..1. Default 0.98, as for transformers (Vaswani et al. 2017). */
  readonly beta2?: number;
  /** Added to the root of the mean square, > 0. Default 1e-8. */
  readonly epsilon?: number;
}

/**
 * An ONNX model of one step of Adam (Kingma and Ba 2015), to be run by a `TrainingRun`. Beside the inputs of the loss
 * it takes `parameters`, `means`, `squares` [parameterCount], `steps` (this one included) and `rate`; it gives
 * `nextParameters`, `nextMeans`, `nextSquares`, `loss` and `gradientNorm` (before the clip).
 */
export function trainingStep(loss: Tensor, options: TrainingStepOptions = {}): Uint8Array {
  const { clip = Infinity, beta1 = 0.9, beta2 = 0.98, epsilon = 1e-8 } = options;
  for (const [name, beta] of Object.entries({ beta1, beta2 }))
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`${name} lies in 0..1, got ${beta}`);
  for (const [name, value] of Object.entries({ clip, epsilon }))
    if (!(value > 0)) throw new RangeError(`${name} must be above 0, got ${value}`);
  const { graph } = loss;
  const raw = parameterGradient(loss);
  const gradientNorm = sqrt(reduceSum(mul(raw, raw)));
  const gradient = clip === Infinity ? raw : mul(raw, smaller(1, div(graph.scalar(clip), gradientNorm)));
  const parameters = graph.parameterVector();
  const means = graph.input('means', parameters.shape);
  const squares = graph.input('squares', parameters.shape);
  const steps = graph.input('steps', []);
  const nextMeans = add(mul(means, beta1), mul(gradient, 1 - beta1));
  const nextSquares = add(mul(squares, beta2), mul(mul(gradient, gradient), 1 - beta2));
  // The corrections of both decays from their start at 0 are scalars here, so that each number is touched once less.
  const [first, second] = [oneMinusPower(beta1, steps), sqrt(oneMinusPower(beta2, steps))];
  const rate = mul(graph.input('rate', []), div(second, first));
  const change = div(nextMeans, add(sqrt(nextSquares), mul(second, epsilon)));
  const nextParameters = sub(parameters, mul(change, rate));
  return encodeModel({ nextParameters, nextMeans, nextSquares, loss, gradientNorm });
}

/** 1 - base^exponent, a scalar. */
function oneMinusPower(base: number, exponent: Tensor): Tensor {
  const { graph } = exponent;
  const [power] = graph.emit({ op: 'Pow', inputs: [graph.scalar(base), exponent], outputs: [{ shape: [] }] });
  return sub(graph.scalar(1), power);
}

function smaller(limit: number, x: Tensor): Tensor {
  return x.graph.emit({ op: 'Min', inputs: [x.graph.scalar(limit), x], outputs: [{ shape: x.shape }] })[0];
}
