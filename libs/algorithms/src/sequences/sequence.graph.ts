import {
  encodeModel,
  gather,
  Graph,
  matMul,
  sampledSoftmaxCrossEntropy,
  softmaxCrossEntropy,
  type Tensor,
} from '@attune/training';
import { transformer, type Transformed, type TransformerShape } from './transformer.graph.js';

/** Makes the mask of a transformer: a constant of the graph, or its input `mask`. */
export type MaskOf = (graph: Graph) => Tensor;

export interface LossOptions {
  /** 0 to below 1. */
  readonly dropout: number;
  /** Items that stand for all others in a step; 0 for a softmax over all. */
  readonly negatives: number;
  /** Of the dropout masks. */
  readonly seed: number;
}

/**
 * How badly `targets` are told at the places `rows`: the mean cross entropy. Inputs beside these: `items` and
 * `positions` [windows × places], `weight` (1 / rows), `negatives` where they are sampled.
 */
export function sequenceLoss(shape: TransformerShape, maskOf: MaskOf, options: LossOptions): Tensor {
  const { dropout, negatives, seed } = options;
  const graph = new Graph({ seed });
  const { queries, table } = asked(graph, shape, maskOf, dropout);
  const retrieval = {
    queries,
    items: table,
    targets: graph.input('targets', ['N'], 'int32'),
    weights: graph.input('weight', []),
  };
  if (negatives === 0) return softmaxCrossEntropy(retrieval);
  return sampledSoftmaxCrossEntropy(retrieval, graph.input('negatives', [negatives], 'int32'));
}

/** The model that gives `scores` [N, rows of the table] at the places `rows`. */
export function sequenceScores(shape: TransformerShape, maskOf: MaskOf): Uint8Array {
  const { queries, table } = asked(new Graph(), shape, maskOf, 0);
  return encodeModel({ scores: matMul(queries, table, { transposeB: true }) });
}

/** What is known at the places that count. */
function asked(
  graph: Graph,
  shape: TransformerShape,
  maskOf: MaskOf,
  rate: number,
): { readonly queries: Tensor; readonly table: Transformed['table'] } {
  const items = graph.input('items', ['T'], 'int32');
  const positions = graph.input('positions', ['T'], 'int32');
  const { hidden, table } = transformer({ items, positions, mask: maskOf(graph) }, shape, rate);
  return { queries: gather(hidden, graph.input('rows', ['N'], 'int32'), { distinct: true }), table };
}
