import { Graph } from '../graph/graph.js';
import type { Tensor } from '../graph/tensor.js';
import { encodeModel } from '../onnx/model.encoder.js';
import { gradientError } from '../reference/gradient.check.js';
import { referenceRuntime } from '../reference/reference.runtime.js';
import type { Feeds } from '../run/graph.runtime.js';
import { scattered } from '../testing/numbers.js';
import { feeds, lossOf, operations, world } from '../testing/operations.js';
import { gelu, relu, softplus } from './activation.ops.js';
import { dropout } from './dropout.ops.js';
import { add } from './elementwise.ops.js';
import { matMul } from './linear.ops.js';
import { scatter } from './lookup.ops.js';
import { sampledSoftmaxCrossEntropy, softmaxCrossEntropy } from './loss.ops.js';
import { layerNorm, logSumExp } from './normalization.ops.js';
import { concat, reshape, slice, split, transpose } from './shape.ops.js';

describe('gradients of operations', () => {
  it.each(Object.keys(operations))('%s', (name) => {
    const w = world();
    const loss = lossOf(operations[name]!(w));
    expect(gradientError(loss, feeds, scattered(w.graph.parameterCount, 1, 1.5))).toBeLessThan(1e-6);
  });
});

/** Outputs for given parameters. */
async function run(graph: Graph, outputs: Record<string, Tensor>, more: Feeds = {}) {
  const session = await referenceRuntime.open(encodeModel(outputs));
  return session.run({ parameters: graph.start(() => 0.25), ...more });
}

describe('values of operations', () => {
  const graph = new Graph();
  const x = graph.constant(Float32Array.of(-1, 0, 2, 100, -100), [5]);
  const close = (values: Float32Array | undefined, expected: readonly number[]): void => {
    expect([...values!].map((v) => v.toFixed(4))).toEqual(expected.map((v) => v.toFixed(4)));
  };

  it('are what formulas give, far from 0 too', async () => {
    const results = await run(graph, { soft: softplus(x), gelu: gelu(x), sum: logSumExp(x), relu: relu(x) });
    close(results['soft'], [0.313262, 0.693147, 2.126928, 100, 0]);
    close(results['gelu'], [-0.158655, 0, 1.9545, 100, 0]);
    close(results['relu'], [0, 0, 2, 100, 0]);
    close(results['sum'], [100]);
  });

  it('of a loss are the logarithms of chances', async () => {
    const queries = graph.constant(Float32Array.of(1, 0, 0, 1), [2, 2]);
    const items = graph.constant(Float32Array.of(1, 0, 0, 1, 2, 2), [3, 2]);
    const targets = graph.constant(Int32Array.of(0, 2), [2]);
    const retrieval = { queries, items, targets, weights: graph.scalar(0.5) };
    const negatives = graph.constant(Int32Array.of(1, 2, 0, 1, 2, 0), [6]);
    const results = await run(graph, {
      full: softmaxCrossEntropy(retrieval),
      sampled: sampledSoftmaxCrossEntropy(retrieval, negatives),
    });
    const total = Math.E + 1 + Math.E ** 2;
    close(results['full'], [Math.log(total) - 1.5]);
    // Each of the two others is drawn twice of six: their share is raised by 2 / 6.
    const shares = [Math.E + (2 / 3) * (1 + Math.E ** 2), Math.E ** 2 + (2 / 3) * (1 + Math.E)];
    close(results['sampled'], [(Math.log(shares[0]! / Math.E) + Math.log(shares[1]! / Math.E ** 2)) / 2]);
  });

  it('of dropout keep the mean and drop the given share', async () => {
    const wide = new Graph({ seed: 5 });
    const ones = wide.constant(new Float32Array(20_000).fill(1), [20_000]);
    const { kept } = await run(wide, { kept: dropout(ones, 0.2) });
    expect(new Set(kept)).toEqual(new Set([0, 1.25]));
    expect(kept!.reduce((sum, v) => sum + v, 0) / 20_000).toBeCloseTo(1, 1);
    expect(dropout(ones, 0)).toBe(ones);
  });

  it('of scatter: rows added or put in place', async () => {
    const table = graph.constant(Float32Array.of(1, 2, 3), [3, 1]);
    const [index, rows] = [graph.constant(Int32Array.of(2, 2), [2]), graph.constant(Float32Array.of(5, 7), [2, 1])];
    const put = scatter({ table, index, rows }, 'none');
    const results = await run(graph, { added: scatter({ table, index, rows }, 'add'), put });
    expect([...results['added']!]).toEqual([1, 2, 15]);
    expect([...results['put']!]).toEqual([1, 2, 7]);
  });
});

describe('operations that make no sense', () => {
  const { graph, a, row, table, column } = world();
  it.each<[string, () => unknown, string]>([
    ['shapes apart', () => add(a, graph.input('v', [5])), '[2, 3, 4] and [5] do not fit together'],
    ['matrices apart', () => matMul(table, table), 'no product of [3, 4] and [3, 4]'],
    ['no matrix', () => matMul(row, row), '[4] is no matrix'],
    ['no such axis', () => layerNorm(graph.scalar(1), row, row), '[] has no axis -1'],
    ['no such order', () => transpose(table, [0, 0]), '[0, 0] is no order of the axes of [3, 4]'],
    ['parts too long', () => split(table, 1, [3, 2]), 'parts of 3, 2 are not axis 1 of [3, 4]'],
    ['a slice outside', () => slice(table, 1, 2, 5), 'axis 1 of [3, 4] has no 2 to 5'],
    ['ragged neighbors', () => concat([table, column], 0), '[3, 1] does not go beside [3, 4] along axis 0'],
    ['nothing together', () => concat([], 0), 'nothing to concatenate'],
    ['two open dimensions', () => reshape(a, ['B', 'T']), 'only one dimension of [B, T]'],
    ['a rate of 1', () => dropout(a, 1), 'a dropout rate lies in 0..1, got 1'],
    ['a tensor of another graph', () => add(a, world().row), 'belongs to another graph'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(RangeError);
  });
});
