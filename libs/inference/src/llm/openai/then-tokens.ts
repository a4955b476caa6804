import type { LlmContinuation } from '@attune/sdk';
import type { LogProbabilities } from './openai.schema.js';

/** Rounding may leave a certain token a little above 0. */
const ROUNDING = 1e-3;

/**
 * Mean log-probability of the tokens of `then`: those that end after `given` does (so one that holds the end of `given` too),
 * and begin within the prompt. Undefined where one of them has none, one above 0, or there are none.
 */
export function meanOfThen({ given, then }: LlmContinuation, told: LogProbabilities): number | undefined {
  // Servers count as Python does, in characters, not in UTF-16 units.
  const boundary = [...given].length;
  const end = boundary + [...then].length;
  const marker = markerLength(given + then, told);
  let [total, count] = [0, 0];
  for (let i = 0; i < told.tokens.length; i++) {
    const start = told.text_offset[i]! - marker;
    const next = (told.text_offset[i + 1] ?? Infinity) - marker;
    if (start >= end || (start < boundary && next <= boundary)) continue;
    const one = told.token_logprobs[i]!;
    // The first token of a prompt comes after nothing: endpoints tell null.
    if (one === null && i === 0) continue;
    if (one === null || one > ROUNDING) return undefined;
    total += Math.min(0, one);
    count++;
  }
  return count === 0 ? undefined : total / count;
}

/** Characters by which offsets are shifted, where the first token is a marker such as `<s>` that the prompt does not hold. */
function markerLength(prompt: string, { tokens, text_offset }: LogProbabilities): number {
  const [first, second] = tokens;
  const marked = second !== undefined && second !== '' && !prompt.startsWith(first!) && prompt.startsWith(second);
  return marked ? text_offset[1]! : text_offset[0]!;
}
