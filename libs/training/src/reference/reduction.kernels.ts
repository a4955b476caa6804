import { inputAt, numberOf, type Kernel, type Kernels, lastOf } from './kernel.js';
import { placesOf, sizeOfDims, stridesOf, type Values, valuesOf } from './values.js';

/** Reduces the numbers that fall together when axes go. */
const reduction =
  (finish: (numbers: Float64Array) => number): Kernel =>
  (inputs, node) => {
    const x = inputAt(inputs, 0);
    const axes = new Set(inputAt(inputs, 1).data);
    const strides = stridesOf(x.shape);
    const pick = (gone: boolean): number[] => x.shape.flatMap((_, i) => (axes.has(i) === gone ? [i] : []));
    const places = (of: readonly number[]): Int32Array =>
      placesOf(
        of.map((i) => x.shape[i]!),
        of.map((i) => strides[i]!),
      );
    const inner = places(pick(true));
    const numbers = new Float64Array(inner.length);
    const outer = places(pick(false));
    const data = new Float64Array(outer.length);
    for (let o = 0; o < outer.length; o++) {
      for (let i = 0; i < inner.length; i++) numbers[i] = x.data[outer[o]! + inner[i]!]!;
      data[o] = finish(numbers);
    }
    const kept = numberOf(node, 'keepdims') === 1;
    return [valuesOf(data, kept ? x.shape.map((d, i) => (axes.has(i) ? 1 : d)) : pick(false).map((i) => x.shape[i]!))];
  };

function sum(numbers: Float64Array): number {
  let total = 0;
  for (const x of numbers) total += x;
  return total;
}

function logSumExp(numbers: Float64Array): number {
  const top = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  return top + Math.log(sum(numbers.map((x) => Math.exp(x - top))));
}

/** Computes each row of the last axis. */
function byRow({ data, shape }: Values, compute: (row: Float64Array) => Float64Array): Values {
  const length = shape.at(-1) ?? 1;
  const result = new Float64Array(data.length);
  for (let at = 0; at < data.length; at += length) result.set(compute(data.subarray(at, at + length)), at);
  return valuesOf(result, shape);
}

const softmax: Kernel = (inputs) => [
  byRow(inputAt(inputs, 0), (row) => {
    const total = logSumExp(row);
    return row.map((x) => Math.exp(x - total));
  }),
];

const layerNormalization: Kernel = (inputs, node) => {
  const [x, gain, bias] = [inputAt(inputs, 0), inputAt(inputs, 1), inputAt(inputs, 2)];
  const length = lastOf(x);
  const each = x.shape.with(-1, 1);
  const means = new Float64Array(sizeOfDims(each));
  const inverses = new Float64Array(means.length);
  let at = 0;
  const y = byRow(x, (row) => {
    const mean = sum(row) / length;
    const inverse = 1 / Math.sqrt(sum(row.map((v) => (v - mean) ** 2)) / length + numberOf(node, 'epsilon'));
    means[at] = mean;
    inverses[at++] = inverse;
    return row.map((v, i) => (v - mean) * inverse * gain.data[i]! + bias.data[i]!);
  });
  return [y, valuesOf(means, each), valuesOf(inverses, each)];
};

export const reductionKernels: Kernels = {
  ReduceSum: reduction(sum),
  ReduceMean: reduction((numbers) => sum(numbers) / numbers.length),
  ReduceLogSumExp: reduction(logSumExp),
  Softmax: softmax,
  LayerNormalization: layerNormalization,
};
