import type { LlamaSequence } from './llama-package.js';

/**
 * Tokens computed at once. From 64 tokens of a text on, llama.cpp sums in another order: a log-probability would differ by up to
 * 0.2 with what else is asked, and with what is still held of the text. Larger batches are a tenth faster, and stopped later.
 */
export const BATCH_TOKENS = 63;

/** Has a sequence read `tokens` but for the last `leave` at most, and nothing else; what it has read of them before stays. */
export async function feed(
  sequence: LlamaSequence,
  tokens: readonly number[],
  signal: AbortSignal,
  leave = 0,
): Promise<void> {
  await sequence.adaptStateToTokens(tokens, false);
  while (tokens.length - sequence.nextTokenIndex > leave) {
    signal.throwIfAborted();
    const at = sequence.nextTokenIndex;
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + BATCH_TOKENS));
  }
}
