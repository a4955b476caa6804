import type { LlmContinuation } from '@attune/sdk';
import { ModelError } from '../language-model.js';
import type { LlamaModel } from './llama-package.js';

/** A text and what comes after it, as tokens. */
export interface ContinuationTokens {
  readonly tokens: readonly number[];
  /** Index of the first token of `then`, ≥ 1: the one that has its first letter, if it also has some of `given`. */
  readonly from: number;
}

type Tokenizer = Pick<LlamaModel, 'tokens' | 'tokenize' | 'detokenize'>;

/**
 * Tokens of both texts in one, as a model reads them: tokens of texts apart would meet at a seam that it never saw in training.
 * @throws ModelError `refused` where there is nothing to judge.
 */
export function continuationTokens(model: Tokenizer, { given, then }: LlmContinuation): ContinuationTokens {
  const whole = model.tokenize(given + then);
  const from = seam(model, whole, { given, then });
  if (then === '' || from >= whole.length) throw new ModelError('refused', 'a continuation is empty: give it a text');
  if (from > 0 && !model.tokens.shouldPrependBosToken) return { tokens: whole, from };
  // What nothing comes before would have no probability.
  const start = model.tokens.bos ?? model.tokens.eos;
  if (start === null && from === 0) {
    throw new ModelError('refused', 'the model has no token for the beginning: give it a text before the continuation');
  }
  return start === null ? { tokens: whole, from } : { tokens: [start, ...whole], from: from + 1 };
}

function seam(model: Tokenizer, whole: readonly number[], { given, then }: LlmContinuation): number {
  const alone = model.tokenize(given);
  const differs = alone.findIndex((token, i) => token !== whole[i]);
  if (differs < 0) return alone.length;
  // Counted from the end: some tokenizers put a space before the beginning.
  const before = model.detokenize(whole).length - then.length;
  let from = differs;
  while (from < whole.length && model.detokenize(whole.slice(0, from + 1)).length <= before) from++;
  return from;
}
