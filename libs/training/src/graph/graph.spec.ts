import { encodeModel } from '../onnx/model.encoder.js';
import { add, exp, mul, sub } from '../ops/elementwise.ops.js';
import { reduceSum } from '../ops/reduction.ops.js';
import { gradientError } from '../reference/gradient.check.js';
import { referenceRuntime } from '../reference/reference.runtime.js';
import { scattered, seeded } from '../testing/numbers.js';
import { parameterGradient, stopGradient, withGradient } from './gradients.js';
import { Graph } from './graph.js';
import { normal, ones, uniform, zeros } from './parameters.js';
import type { Tensor } from './tensor.js';

async function gradientOf(loss: Tensor, parameters: Float32Array): Promise<number[]> {
  const session = await referenceRuntime.open(encodeModel({ gradient: parameterGradient(loss) }));
  return [...(await session.run({ parameters }))['gradient']!];
}

describe('parameters', () => {
  it('lie in one vector, in the order they were added, under their names', () => {
    const graph = new Graph();
    const { items } = graph.parameters({ items: normal([3, 2], 0.1) });
    const block = graph.parameters({ gain: ones([2]), bias: zeros([1]) }, 'block0.');
    expect(items.shape).toEqual([3, 2]);
    expect(block.gain.shape).toEqual([2]);
    expect(graph.parts).toEqual([
      { name: 'items', shape: [3, 2], from: 0, size: 6 },
      { name: 'block0.gain', shape: [2], from: 6, size: 2 },
      { name: 'block0.bias', shape: [1], from: 8, size: 1 },
    ]);
    expect(graph.parameterCount).toBe(9);
    const start = graph.start(seeded(1));
    expect([...start.subarray(6)]).toEqual([1, 1, 0]);
    expect(graph.start(seeded(1))).toEqual(start);
    expect(graph.start(seeded(2))).not.toEqual(start);
  });

  it('start with the deviation and within the limit that they are given', () => {
    const graph = new Graph();
    graph.parameters({ a: normal([10_000], 0.1), b: uniform([10_000], 0.3) });
    const start = graph.start(seeded(1));
    const deviation = (values: Float32Array): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / 10_000);
    expect(deviation(start.subarray(0, 10_000))).toBeCloseTo(0.1, 2);
    expect(deviation(start.subarray(10_000))).toBeCloseTo(0.3 / Math.sqrt(3), 2);
    expect(start.subarray(10_000).every((v) => Math.abs(v) <= 0.3)).toBe(true);
  });

  it('have names of their own, sizes, and no followers once the model is written', () => {
    const graph = new Graph();
    graph.parameters({ a: zeros([1]) });
    expect(() => graph.parameters({ a: zeros([1]) })).toThrow('there is a parameter "a" already');
    expect(() => graph.parameters({ b: zeros([0, 2]) })).toThrow('parameter "b" has the shape [0, 2]');
    graph.parameterVector();
    expect(() => graph.parameters({ c: zeros([1]) })).toThrow('parameter "c" comes after the model was written');
  });
});

describe('a graph', () => {
  it('refuses an input twice, and constants that do not fill their shape', () => {
    const graph = new Graph();
    graph.input('x', [1]);
    expect(() => graph.input('x', [2])).toThrow('the graph has an input "x" already');
    expect(() => graph.constant(Float32Array.of(1, 2), [3])).toThrow('2 numbers are no tensor [3]');
  });

  it('keeps an equal small constant once', () => {
    const graph = new Graph();
    expect(graph.scalar(2)).toBe(graph.scalar(2));
    expect(graph.integers([2])).not.toBe(graph.constant(Int32Array.of(2), [1]));
    expect(graph.constants).toHaveLength(3);
  });
});

describe('parameterGradient', () => {
  const graph = new Graph();
  const { a, b } = graph.parameters({ a: zeros([2]), b: zeros([2]), unused: zeros([3]) });
  const parameters = Float32Array.of(2, 3, 5, 7, 1, 1, 1);

  it('is 0 for what has no part in the loss, and adds up what has several', async () => {
    const product = mul(a, b);
    expect(await gradientOf(reduceSum(add(product, mul(product, a))), parameters)).toEqual([
      5 + 2 * 2 * 5,
      7 + 2 * 3 * 7,
      2 + 4,
      3 + 9,
      0,
      0,
      0,
    ]);
  });

  it('stops where it is told', async () => {
    expect(await gradientOf(reduceSum(mul(stopGradient(a), b)), parameters)).toEqual([0, 0, 2, 3, 0, 0, 0]);
  });

  it('takes the way back that a value was given', async () => {
    const value = reduceSum(mul(stopGradient(a), b.graph.scalar(2)));
    const loss = withGradient(value, [a, b], (g) => [undefined, mul(add(b, 1), g)]);
    expect(await gradientOf(loss, parameters)).toEqual([0, 0, 6, 8, 0, 0, 0]);
    expect(withGradient(value, [stopGradient(a)], () => [])).toBe(value);
    expect(() => withGradient(reduceSum(a), [a], () => [])).toThrow('has a way back already: stop its inputs');
  });

  it('is of a scalar that parameters have a part in', () => {
    expect(() => parameterGradient(a)).toThrow('a loss is a scalar, not [2]');
    expect(() => parameterGradient(graph.scalar(1))).toThrow('no parameter has a part in the loss');
  });
});

describe('gradientError', () => {
  it('finds a way back that is wrong', () => {
    const graph = new Graph();
    const { a } = graph.parameters({ a: zeros([4]) });
    const squares = withGradient(mul(stopGradient(a), stopGradient(a)), [a], (g) => [mul(g, a)]);
    expect(gradientError(reduceSum(squares), {}, scattered(4, 1))).toBeCloseTo(1, 5);
    expect(gradientError(reduceSum(sub(exp(a), a)), {}, scattered(4, 1))).toBeLessThan(1e-8);
  });
});
