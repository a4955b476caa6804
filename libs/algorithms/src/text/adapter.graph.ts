import {
  add,
  concat,
  dropout,
  Graph,
  l2Normalize,
  matMul,
  mul,
  type ParameterPart,
  softmaxCrossEntropy,
  type Tensor,
  zeros,
} from '@attune/training';

export interface AdapterLossOptions {
  /** Of the vectors that the change is made from, 0 to below 1; what they are themselves stays whole. */
  readonly dropout: number;
  /** Of the dropout masks. */
  readonly seed: number;
  /** Cosines are multiplied by it before the softmax, > 0. */
  readonly scale: number;
}

/** A map x -> unit(x + x · weights + bias): the identity for unit vectors, as long as both are 0. */
export interface AdapterMap {
  /** [dims × dims] */
  readonly weights: Float32Array;
  /** [dims] */
  readonly bias: Float32Array;
}

/**
 * How badly `targets` int32 [lessons] are told from their contexts: the mean cross entropy with a softmax over all
 * candidates. Inputs beside it: `vectors` [candidates × dims], of unit length; `contexts` [lessons × candidates], how
 * much each candidate says about what is asked; `shifts` [candidates × 1], added to the logits; `ones` [lessons × 1];
 * and `weight`, 1 / lessons.
 */
export function adapterLoss(dims: number, options: AdapterLossOptions): Tensor {
  const { dropout: rate, seed, scale } = options;
  const graph = new Graph({ seed });
  const vectors = graph.input('vectors', ['candidates', dims]);
  const [items, history] = [mapped(vectors, 'items.', rate), mapped(vectors, 'history.', rate)];
  const queries = l2Normalize(matMul(graph.input('contexts', ['lessons', 'candidates']), history));
  return softmaxCrossEntropy({
    queries: concat([mul(queries, scale), graph.input('ones', ['lessons', 1])], 1),
    items: concat([items, graph.input('shifts', ['candidates', 1])], 1),
    targets: graph.input('targets', ['lessons'], 'int32'),
    weights: graph.input('weight', []),
  });
}

/** The maps among the parameters of the loss. */
export function mapsOf(
  parameters: Float32Array,
  parts: readonly ParameterPart[],
): { readonly items: AdapterMap; readonly history: AdapterMap } {
  const piece = (name: string): Float32Array => {
    const { from, size } = parts.find((part) => part.name === name)!;
    return parameters.slice(from, from + size);
  };
  const map = (scope: string): AdapterMap => ({ weights: piece(`${scope}weights`), bias: piece(`${scope}bias`) });
  return { items: map('items.'), history: map('history.') };
}

function mapped(vectors: Tensor, scope: string, rate: number): Tensor {
  const dims = Number(vectors.shape[1]);
  const { weights, bias } = vectors.graph.parameters({ weights: zeros([dims, dims]), bias: zeros([dims]) }, scope);
  const change = add(matMul(dropout(vectors, rate), weights), bias);
  return l2Normalize(add(vectors, change));
}
