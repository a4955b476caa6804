import { z } from 'zod';
import type { TokenUsage } from '../language-model.js';

/** More would be a mistake of the endpoint, and spend a budget at once. */
const MOST_TOKENS = 1e8;

const count = z.int().min(0).max(MOST_TOKENS).optional().catch(undefined);

/** Believed where it can be true. */
const saidSchema = z
  .object({ prompt_tokens: count, completion_tokens: count, total_tokens: count })
  .partial()
  .catch({});

/** Tokens of a text of so many characters, as far as can be told without its tokenizer: four characters each. */
const estimatedTokens = (characters: number): number => Math.ceil(characters / 4);

/** Tokens as the endpoint says; estimated from the characters read and written where it says nothing or nonsense. */
export function usageOf(said: unknown, read: number, written: number): TokenUsage {
  const { prompt_tokens: input, completion_tokens: output } = saidSchema.parse(said);
  return { input: input ?? estimatedTokens(read), output: output ?? estimatedTokens(written) };
}

/** The same where nothing is written: some endpoints then tell the total alone. */
export function readingUsageOf(said: unknown, read: number): TokenUsage {
  const { prompt_tokens: input, total_tokens: total } = saidSchema.parse(said);
  return { input: input ?? total ?? estimatedTokens(read), output: 0 };
}
