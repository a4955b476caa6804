import {
  add,
  binaryCrossEntropy,
  concat,
  dropout,
  encodeModel,
  gather,
  Graph,
  matMul,
  mul,
  normal,
  type ParameterSpec,
  reduceSum,
  relu,
  reshape,
  split,
  sub,
  type Tensor,
  uniform,
  zeros,
} from '@attune/training';

/** What the parameters of a DeepFM depend on, beside their numbers. */
export interface DeepFmShape {
  /** Rows of the table of features. */
  readonly rows: number;
  /** Slots of each field. */
  readonly slots: readonly number[];
  /** Length of a factor. */
  readonly dims: number;
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
}

export interface DeepFmLossOptions {
  /** Share of hidden units that dropout takes away, 0 to below 1. */
  readonly dropout: number;
  /** L2 penalty of the weights and factors that a case has. */
  readonly penalty: number;
  /** Of the dropout masks. */
  readonly seed: number;
}

/**
 * Mean log loss of cases, with the penalty. Inputs: `rows` and `values` [B × width], `labels` [B], `weight` (1 / B).
 */
export function deepFmLoss(shape: DeepFmShape, options: DeepFmLossOptions): Tensor {
  const graph = new Graph({ seed: options.seed });
  const { odds, told } = deepFm(graph, shape, options.dropout);
  const weights = graph.input('weight', []);
  const loss = binaryCrossEntropy({ logits: odds, labels: graph.input('labels', ['B']), weights });
  const squares = told.map((part) => reduceSum(mul(part, part))).reduce((a, b) => add(a, b));
  return add(loss, mul(mul(squares, options.penalty / 2), weights));
}

/** The model that gives the log `odds` [B] of cases. */
export const deepFmOdds = (shape: DeepFmShape): Uint8Array => encodeModel({ odds: deepFm(new Graph(), shape, 0).odds });

/** Log odds [B]; `told`: the weights and factors of all entries. */
function deepFm(
  graph: Graph,
  shape: DeepFmShape,
  rate: number,
): { readonly odds: Tensor; readonly told: readonly Tensor[] } {
  const { rows, dims, slots } = shape;
  const width = slots.reduce((sum, count) => sum + count, 0);
  const features = graph.input('rows', ['B', width], 'int32');
  const values = reshape(graph.input('values', ['B', width]), ['B', width, 1]);
  const { bias, weights, factors } = graph.parameters({
    bias: zeros([]),
    weights: zeros([rows, 1]),
    factors: normal([rows, dims], 0.05),
  });
  const linear = mul(gather(weights, features), values);
  const parts = mul(gather(factors, features), values);
  const odds = add(reduceSum(linear, { axes: [1, 2] }), pairProducts(parts));
  const deep = layers(reshape(perField(parts, slots), ['B', slots.length * dims]), shape.hidden, rate);
  return { odds: add(add(odds, deep), bias), told: [linear, parts] };
}

/** Σ over pairs of entries of the products of their factors [B], of parts [B, width, dims]. */
function pairProducts(parts: Tensor): Tensor {
  const sums = reduceSum(parts, { axes: [1] });
  return mul(sub(reduceSum(mul(sums, sums), { axes: [1] }), reduceSum(mul(parts, parts), { axes: [1, 2] })), 0.5);
}

/** The sum of a field's parts, so that each field is one vector however many slots it has: [B, fields, dims]. */
function perField(parts: Tensor, slots: readonly number[]): Tensor {
  if (slots.every((count) => count === 1)) return parts;
  const sums = split(parts, 1, slots).map((part, field) =>
    slots[field] === 1 ? part : reduceSum(part, { axes: [1], keepDims: true }),
  );
  return concat(sums, 1);
}

/** Layers with ReLU, then one number a case [B], 0 at the start: the machine leads. */
function layers(input: Tensor, widths: readonly number[], rate: number): Tensor {
  let x = input;
  widths.forEach((width, at) => {
    x = dropout(relu(dense(x, width, `hidden${at}.`)), rate);
  });
  return reshape(dense(x, 1, 'last.', zeros), ['B']);
}

/** The deviation of a unit's output is that of its inputs. */
const drawn = (shape: readonly [number, number]): ParameterSpec => uniform(shape, Math.sqrt(3 / shape[0]));

function dense(x: Tensor, outputs: number, scope: string, start = drawn): Tensor {
  const inputs = Number(x.shape.at(-1));
  const { weights, bias } = x.graph.parameters({ weights: start([inputs, outputs]), bias: zeros([outputs]) }, scope);
  return add(matMul(x, weights), bias);
}
