import { Graph } from '../graph/graph.js';
import { zeros } from '../graph/parameters.js';
import { sizeOf } from '../graph/shape.js';
import { type Tensor } from '../graph/tensor.js';
import { attention } from '../ops/attention.ops.js';
import { gelu, relu, sigmoid, softplus } from '../ops/activation.ops.js';
import { dropout } from '../ops/dropout.ops.js';
import { add, div, exp, log, mul, neg, sqrt, sub } from '../ops/elementwise.ops.js';
import { matMul } from '../ops/linear.ops.js';
import { equal, gather, where } from '../ops/lookup.ops.js';
import { binaryCrossEntropy, sampledSoftmaxCrossEntropy, softmaxCrossEntropy } from '../ops/loss.ops.js';
import { l2Normalize, layerNorm, logSumExp, softmax } from '../ops/normalization.ops.js';
import { reduceMean, reduceSum } from '../ops/reduction.ops.js';
import { concat, reshape, slice, split, transpose } from '../ops/shape.ops.js';
import type { Feeds } from '../run/graph.runtime.js';
import { scattered } from './numbers.js';

export interface World {
  readonly graph: Graph;
  /** Parameters [2, 3, 4], [4], [3, 1] and [3, 4], numbers in -1.5..1.5. */
  readonly a: Tensor;
  readonly row: Tensor;
  readonly column: Tensor;
  readonly table: Tensor;
  /** Inputs: rows 2, 0, 2, 1 of a table, also with an open dimension; 1, 0 in turn; a number. */
  readonly rows: Tensor;
  readonly openRows: Tensor;
  readonly labels: Tensor;
  readonly third: Tensor;
}

/** A graph with parameters and inputs that operations are tried on. */
export function world(): World {
  const graph = new Graph({ seed: 3 });
  const shapes = { a: zeros([2, 3, 4]), row: zeros([4]), column: zeros([3, 1]), table: zeros([3, 4]) };
  return {
    graph,
    ...graph.parameters(shapes),
    rows: graph.input('rows', [4], 'int32'),
    openRows: graph.input('openRows', ['N'], 'int32'),
    labels: graph.input('labels', [3, 4]),
    third: graph.input('third', []),
  };
}

export const feeds: Feeds = {
  rows: Int32Array.of(2, 0, 2, 1),
  openRows: Int32Array.of(2, 0, 2, 1),
  labels: Float32Array.from({ length: 12 }, (_, i) => i % 2),
  third: Float32Array.of(1 / 3),
};

/** A scalar that each number of a result has its own part in. */
export function lossOf(result: Tensor): Tensor {
  return reduceSum(mul(result, result.graph.constant(scattered(sizeOf(result.shape), 7), result.shape.map(Number))));
}

const positive = (x: Tensor): Tensor => add(mul(x, x), 0.5);

/** A result for each operation, and for each of its ways. */
export const operations: Record<string, (w: World) => Tensor> = {
  add: ({ a, row }) => add(a, row),
  'add a number': ({ a }) => add(a, 2),
  sub: ({ a, column }) => sub(column, a),
  mul: ({ a, column, row }) => mul(mul(a, row), column),
  'mul with itself': ({ a }) => mul(a, a),
  div: ({ a, row }) => div(a, positive(row)),
  'div the other way': ({ a, column }) => div(column, positive(a)),
  neg: ({ a }) => neg(a),
  exp: ({ a }) => exp(a),
  log: ({ a }) => log(positive(a)),
  sqrt: ({ a }) => sqrt(positive(a)),
  sigmoid: ({ a }) => sigmoid(a),
  relu: ({ a }) => relu(a),
  gelu: ({ a }) => gelu(a),
  softplus: ({ a }) => softplus(mul(a, 9)),
  matMul: ({ a }) => matMul(reshape(a, [6, 4]), reshape(a, [4, 6]), { scale: 0.3 }),
  'matMul, a transposed': ({ a, table }) => matMul(table, reshape(a, [3, 8]), { transposeA: true }),
  'matMul, b transposed': ({ a, table }) => matMul(reshape(a, [6, 4]), table, { transposeB: true, scale: 2 }),
  'matMul, both transposed, in batches': ({ a }) =>
    matMul(a, transpose(a, [0, 2, 1]), { transposeA: true, transposeB: true }),
  attention: ({ a, table }) => attention(heads(a, table, table)),
  'attention with some weights left out': ({ graph, a, table }) =>
    attention({ ...heads(a, table, table), kept: graph.constant(Float32Array.of(2, 0, 1, 0.5, 0, 2), [1, 2, 3]) }),
  reshape: ({ a }) => reshape(a, [4, 6]),
  transpose: ({ a }) => transpose(a, [2, 0, 1]),
  split: ({ a }) => add(...(split(a, 2, [2, 2]) as [Tensor, Tensor])),
  'split, one part unused': ({ a }) => split(a, -2, [1, 2])[1]!,
  'slice at the start': ({ a }) => slice(a, 1, 0, 2),
  'slice inside': ({ a }) => slice(a, 2, 1, 3),
  'slice of all': ({ a }) => slice(a, 0, 0, 2),
  concat: ({ table, column }) => concat([table, column, table], 1),
  'reduceSum of all': ({ a }) => reduceSum(a),
  'reduceSum of axes': ({ a }) => reduceSum(a, { axes: [0, -1] }),
  'reduceMean, axis kept': ({ a }) => reduceMean(a, { axes: [1], keepDims: true }),
  softmax: ({ a }) => softmax(a),
  logSumExp: ({ a }) => logSumExp(a),
  layerNorm: ({ a, row }) => layerNorm(a, exp(row), row),
  l2Normalize: ({ a }) => l2Normalize(a),
  'dropout, the mask held': ({ a }) => dropout(a, 0.4),
  'gather with a row twice': ({ table, rows }) => gather(table, rows),
  'gather with an open dimension': ({ table, openRows }) => reduceSum(exp(gather(table, openRows)), { axes: [0] }),
  'gather of distinct rows': ({ a, rows }) => gather(reshape(a, [6, 4]), slice2(rows), { distinct: true }),
  where: ({ a, row, labels }) => where(equal(labels, labels.graph.scalar(1)), a, row),
  softmaxCrossEntropy: ({ table, row, rows, third }) =>
    softmaxCrossEntropy({ queries: gather(gelu(mul(table, row)), rows), items: table, targets: rows, weights: third }),
  'softmaxCrossEntropy, weights by row': ({ graph, a, table, rows }) =>
    softmaxCrossEntropy({
      queries: reshape(slice(a, 1, 0, 2), [4, 4]),
      items: table,
      targets: rows,
      weights: graph.constant(Float32Array.of(0.1, 0.2, 0.3, 0.4), [4]),
    }),
  sampledSoftmaxCrossEntropy: ({ graph, a, table, rows, third }) => {
    const negatives = graph.constant(Int32Array.of(1, 1, 2), [3]);
    const queries = reshape(slice(a, 1, 0, 2), [4, 4]);
    return sampledSoftmaxCrossEntropy({ queries, items: table, targets: rows, weights: third }, negatives);
  },
  binaryCrossEntropy: ({ table, labels, third }) => binaryCrossEntropy({ logits: table, labels, weights: third }),
};

/** Two heads that look at three places; the first sees two of them. */
const heads = (a: Tensor, keys: Tensor, values: Tensor) => {
  const rows = (x: Tensor): Tensor => reshape(concat([x, mul(x, 0.5)], 0), [2, 3, 4]);
  const mask = a.graph.constant(Float32Array.of(0, 0, -1e9, 0, 0, 0), [2, 3]);
  return { queries: slice(a, 1, 1, 3), keys: rows(keys), values: rows(exp(values)), mask };
};

/** Three distinct rows for a table of six. */
const slice2 = (rows: Tensor): Tensor => rows.graph.constant(Int32Array.of(4, 0, 5), [3]);
