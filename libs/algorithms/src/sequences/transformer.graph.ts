import {
  add,
  attention,
  dropout,
  gather,
  gelu,
  layerNorm,
  matMul,
  mul,
  normal,
  ones,
  reshape,
  split,
  type Tensor,
  type TensorGraph,
  transpose,
  uniform,
  zeros,
} from '@attune/training';
import { checkOptions } from './option.checks.js';

/** What the parameters of a transformer over items depend on, beside their numbers. */
export interface TransformerShape {
  /** Rows of the table of items. */
  readonly rows: number;
  /** Positions that an item can be at: the length of a window. */
  readonly positions: number;
  /** Length of an item's vector, a multiple of `heads`. */
  readonly dims: number;
  readonly heads: number;
  readonly blocks: number;
  /** Width of the feed-forward layers, in dims. */
  readonly feedForward: number;
}

export interface TransformerInputs {
  /** Rows of the table, window after window: int32 [windows × places]. */
  readonly items: Tensor;
  /** Their positions, of the same shape. */
  readonly positions: Tensor;
  /** 0 where a place (next to last axis) sees another (last axis), `UNSEEN` where not: [windows, 1, places, places]. */
  readonly mask: Tensor;
}

export interface Transformed {
  /** What is known at each place [windows × places, dims]. */
  readonly hidden: Tensor;
  /** The table [rows, dims]: also what `hidden` is compared with. */
  readonly table: Tensor;
}

/**
 * Added to the score of what is not to be seen: where scores lie less than 30 apart, its weight is below e^-20 of the others',
 * which changes no float32. Far lower ones would give denormal numbers, with which a processor takes many times as long.
 */
export const UNSEEN = -50;

/**
 * A transformer (Vaswani et al. 2017) with normalization before each part and GELU, over items with learned positions.
 * @param rate share of numbers that dropout takes away, 0 for inference
 */
export function transformer(inputs: TransformerInputs, shape: TransformerShape, rate: number): Transformed {
  const { rows, positions, dims } = shape;
  const { graph } = inputs.items;
  const { table, places } = graph.parameters({
    table: normal([rows, dims], 0.02),
    places: normal([positions, dims], 0.02),
  });
  // Vectors start short, for the sake of the scores: items are raised so that positions do not drown them.
  const items = mul(gather(table, inputs.items), Math.sqrt(dims) / 2);
  let hidden = dropout(add(items, gather(places, inputs.positions)), rate);
  for (let block = 0; block < shape.blocks; block++) {
    const scope = `block${block}.`;
    hidden = add(hidden, dropout(attended(hidden, inputs.mask, { shape, rate, scope }), rate));
    hidden = add(hidden, dropout(feedForward(hidden, { shape, rate, scope }), rate));
  }
  return { hidden: normalized(hidden, 'last.'), table };
}

/** Which part of the transformer: its parameters lie under `scope`. */
interface Part {
  readonly shape: TransformerShape;
  readonly rate: number;
  readonly scope: string;
}

/** Attention of each place to those of its window that the mask lets it see. */
function attended(x: Tensor, mask: Tensor, { shape, rate, scope }: Part): Tensor {
  const { dims, heads } = shape;
  const width = dims / heads;
  const places = Number(mask.shape.at(-1));
  const three = linear(normalized(x, `${scope}attention.`), 3 * dims, `${scope}queries.`);
  // [3, windows, heads, places, width]: one copy for queries, keys and values together.
  const parts = transpose(reshape(three, ['B', places, 3, heads, width]), [2, 0, 3, 1, 4]);
  const [queries, keys, values] = split(parts, 0, [1, 1, 1]).map((part) => reshape(part, ['B', heads, places, width]));
  const kept = rate === 0 ? undefined : keptWeights(x.graph, [1, heads, places, places], rate);
  const seen = attention({ queries: queries!, keys: keys!, values: values!, mask, kept });
  return linear(reshape(transpose(seen, [0, 2, 1, 3]), ['T', dims]), dims, `${scope}attended.`);
}

/** Dropout of attention, one mask for all windows of a step: to draw one for each takes a sixth of the step. */
function keptWeights(graph: TensorGraph, shape: readonly number[], rate: number): Tensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return dropout(graph.constant(new Float32Array(size).fill(1), shape), rate);
}

function feedForward(x: Tensor, { shape, rate, scope }: Part): Tensor {
  const { dims } = shape;
  const wide = linear(normalized(x, `${scope}forward.`), shape.feedForward * dims, `${scope}wide.`);
  return linear(dropout(gelu(wide), rate), dims, `${scope}narrow.`);
}

function normalized(x: Tensor, scope: string): Tensor {
  const dims = Number(x.shape.at(-1));
  const { gain, bias } = x.graph.parameters({ gain: ones([dims]), bias: zeros([dims]) }, scope);
  return layerNorm(x, gain, bias);
}

function linear(x: Tensor, outputs: number, scope: string): Tensor {
  const inputs = Number(x.shape.at(-1));
  const start = uniform([inputs, outputs], 1 / Math.sqrt(inputs));
  const { weights, bias } = x.graph.parameters({ weights: start, bias: zeros([outputs]) }, scope);
  return add(matMul(x, weights), bias);
}

/** Throws RangeError for a shape that no transformer has. */
export function checkShape({ rows, positions, ...shape }: TransformerShape): void {
  const { dims, heads, blocks, feedForward: width } = shape;
  checkOptions({ whole: { items: rows, window: positions, dims, heads, blocks, feedForward: width } });
  if (dims % heads !== 0) throw new RangeError(`dims ${dims} cannot be shared by ${heads} heads`);
}
