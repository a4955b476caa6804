import { parameterGradient } from '../graph/gradients.js';
import type { Tensor } from '../graph/tensor.js';
import { encodeModel } from '../onnx/model.encoder.js';
import type { Feeds } from '../run/graph.runtime.js';
import { decodeModel } from './model.decoder.js';
import { evaluate, inputsOf } from './reference.runtime.js';
import { valuesOf } from './values.js';

/** Step of the differences; their error is about its square. */
const STEP = 1e-5;

/**
 * How far the gradient of a loss is from what differences show, in 64 bits: for tests of graphs. A graph that is right
 * is within 1e-6, unless a parameter lies at a kink, as 0 does for `relu`.
 * @param feeds the inputs of the loss
 * @param parameters where to look [parameterCount]; `graph.start(random)` leaves gains and biases at special points
 * @returns largest difference, relative to the largest number of the gradient
 */
export function gradientError(loss: Tensor, feeds: Feeds, parameters: ArrayLike<number>): number {
  const [back, forth] = [{ gradient: parameterGradient(loss) }, { loss }].map((outputs) =>
    decodeModel(encodeModel(outputs)),
  );
  const at = Float64Array.from(parameters);
  const inputs = inputsOf(back!, { ...feeds, parameters: Float32Array.from(at) });
  inputs.set('parameters', valuesOf(at, [at.length]));
  const gradient = evaluate(back!, inputs).get('gradient')!.data;
  const lossAt = (i: number, move: number): number => {
    const before = at[i]!;
    at[i] = before + move;
    const { data } = evaluate(forth!, inputs).get('loss')!;
    at[i] = before;
    return data[0]!;
  };
  const gaps = gradient.map((g, i) => Math.abs(g - (lossAt(i, STEP) - lossAt(i, -STEP)) / (2 * STEP)));
  const largest = gradient.reduce((max, g) => Math.max(max, Math.abs(g)), 1e-12);
  return gaps.reduce((max, gap) => Math.max(max, gap), 0) / largest;
}
