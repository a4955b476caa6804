import { stopGradient, withGradient } from '../graph/gradients.js';
import type { Tensor } from '../graph/tensor.js';
import { softplus } from './activation.ops.js';
import { add, log, mul, neg, sub } from './elementwise.ops.js';
import { matMul } from './linear.ops.js';
import { addAxis, equal, gather, pick, scatter, where } from './lookup.ops.js';
import { logSumExp, softmax } from './normalization.ops.js';
import { reduceSum } from './reduction.ops.js';

/** Keeps a logarithm finite. */
const TINY = 1e-20;
/** Below any logit: e to it is 0. */
const NEVER = -1e9;

/** What is to be found, one row a question. */
export interface Retrieval {
  /** Vectors that ask [n, d]. */
  readonly queries: Tensor;
  /** Vectors of all that can be answered [items, d]. */
  readonly items: Tensor;
  /** The right answers, int32 [n], 0..items-1. */
  readonly targets: Tensor;
  /** How much each counts, [n] or a scalar; 1 / n for a mean. */
  readonly weights: Tensor;
}

/**
 * Cross entropy with a softmax over all items: Σ weight × -log softmax(queries · itemsᵀ)[target], a scalar.
 * The way back makes no matrix of logit gradients: with P the softmax and w the weights, queries get w (P·items -
 * items[target]) and items get Pᵀ·(w queries), less w queries at the targets.
 */
export function softmaxCrossEntropy({ queries, items, targets, weights }: Retrieval): Tensor {
  const [asked, table] = [stopGradient(queries), stopGradient(items)];
  const weight = columnOf(weights);
  const chances = softmax(matMul(asked, table, { transposeB: true }));
  const value = neg(reduceSum(mul(log(add(pick(chances, targets), TINY)), weight)));
  return withGradient(value, [queries, items], (g) => {
    const scale = mul(weight, g);
    const rows = mul(asked, scale);
    const ofQueries = mul(sub(matMul(chances, table), gather(table, targets)), scale);
    const ofItems = matMul(chances, rows, { transposeA: true });
    return [ofQueries, scatter({ table: ofItems, index: targets, rows: neg(rows) }, 'add')];
  });
}

/**
 * Cross entropy with a softmax over the target and `negatives`, which stand for all other items, a scalar. Their
 * logits are raised by log((items - 1) / negatives), so that it estimates the one over all (Bengio and Senecal 2008).
 * @param negatives drawn uniformly from all items, int32 [k]; where one is the target itself it is left out
 */
export function sampledSoftmaxCrossEntropy(retrieval: Retrieval, negatives: Tensor): Tensor {
  const { queries, items, targets, weights } = retrieval;
  const [[count], [sample]] = [items.shape, negatives.shape];
  if (typeof count !== 'number' || typeof sample !== 'number')
    throw new RangeError('the numbers of items and of negatives must be known');
  const own = reduceSum(mul(queries, gather(items, targets)), { axes: [1], keepDims: true });
  const others = matMul(queries, gather(items, negatives), { transposeB: true });
  const same = equal(addAxis(targets, 1), addAxis(negatives, 0));
  const logits = where(same, items.graph.scalar(NEVER), add(others, Math.log((count - 1) / sample)));
  return reduceSum(mul(softplus(sub(logSumExp(logits), own)), columnOf(weights)));
}

/** What is yes or no. */
export interface Outcomes {
  /** Log odds of yes, any shape. */
  readonly logits: Tensor;
  /** 1 yes, 0 no, of the same shape. */
  readonly labels: Tensor;
  /** How much each counts: the same shape, or a scalar such as 1 / n for a mean. */
  readonly weights: Tensor;
}

/** Binary cross entropy: Σ weight × (log(1 + e^logit) - label × logit), a scalar. */
export function binaryCrossEntropy({ logits, labels, weights }: Outcomes): Tensor {
  return reduceSum(mul(sub(softplus(logits), mul(logits, labels)), weights));
}

/** [n] as [n, 1]; a scalar stays. */
const columnOf = (weights: Tensor): Tensor => (weights.shape.length === 0 ? weights : addAxis(weights, 1));
