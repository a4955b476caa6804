import { definerOf } from './define.js';

/** Inputs → vectors of one space; a row of `embed` is already one input, so it has no scalar form. */
export const defineEmbedder = definerOf('embedder');
/** Fuses columns into a score whose contributions add up. */
export const defineRanker = definerOf('ranker');
/** Orders the head of a slate: a permutation. */
export const defineReranker = definerOf('reranker');
/** Event log → artifact. */
export const defineTrainer = definerOf('trainer');
