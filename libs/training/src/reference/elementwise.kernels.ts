import { inputAt, type Kernel, type Kernels } from './kernel.js';
import { stretchedPlaces, type Values, valuesOf } from './values.js';

const each =
  (compute: (x: number) => number): Kernel =>
  (inputs) => {
    const { data, shape } = inputAt(inputs, 0);
    return [valuesOf(data.map(compute), shape)];
  };

const pair =
  (compute: (a: number, b: number) => number): Kernel =>
  (inputs) => [zip(inputAt(inputs, 0), inputAt(inputs, 1), compute)];

function zip(a: Values, b: Values, compute: (a: number, b: number) => number): Values {
  const shape = stretchedShape(a.shape, b.shape);
  const [left, right] = [stretchedPlaces(shape, a.shape), stretchedPlaces(shape, b.shape)];
  const data = new Float64Array(left.length);
  for (let i = 0; i < data.length; i++) data[i] = compute(a.data[left[i]!]!, b.data[right[i]!]!);
  return valuesOf(data, shape);
}

/** As ONNX matches shapes: from the last axis, a 1 is stretched. */
export function stretchedShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [left, right] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    if (left !== right && left !== 1 && right !== 1) throw new RangeError(`[${a.join(', ')}] beside [${b.join(', ')}]`);
    return left === 1 ? right : left;
  });
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Error function by a series whose terms have one sign, so that nothing cancels; beyond 6 it is ±1. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const where: Kernel = (inputs) => {
  const [condition, a, b] = [inputAt(inputs, 0), inputAt(inputs, 1), inputAt(inputs, 2)];
  const shape = stretchedShape(condition.shape, stretchedShape(a.shape, b.shape));
  const [ofCondition, ofA, ofB] = [condition, a, b].map((one) => stretchedPlaces(shape, one.shape));
  const data = Float64Array.from(ofCondition!, (place, i) =>
    condition.data[place] === 0 ? b.data[ofB![i]!]! : a.data[ofA![i]!]!,
  );
  return [valuesOf(data, shape)];
};

export const elementwiseKernels: Kernels = {
  Add: pair((a, b) => a + b),
  Sub: pair((a, b) => a - b),
  Mul: pair((a, b) => a * b),
  Div: pair((a, b) => a / b),
  Min: pair(Math.min),
  Pow: pair(Math.pow),
  Equal: pair((a, b) => Number(a === b)),
  Where: where,
  Identity: each((x) => x),
  Cast: each((x) => x),
  Neg: each((x) => -x),
  Abs: each(Math.abs),
  Sign: each(Math.sign),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Sqrt: each(Math.sqrt),
  Erf: each(erf),
  Sigmoid: each(logistic),
  Relu: each((x) => Math.max(x, 0)),
  Gelu: each((x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2))),
};
