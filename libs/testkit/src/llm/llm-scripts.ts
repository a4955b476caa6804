import type { LlmMessage } from '@attune/sdk';
import { hashedWords, wordsOf } from '../worlds/hashed-words.js';

/** What a scripted language model says. Each has a default that depends on its arguments alone. */
export interface LlmScripts {
  /** The answer to a chat; an object is sent as JSON. Default: always the same sentence. What it throws is a status 500. */
  readonly answer?: (messages: readonly LlmMessage[], body: Readonly<Record<string, unknown>>) => string | object;
  /**
   * Natural log-probability of `tokens[at]` after those before it; tokens are words with the space before them. Default:
   * −0.5 for a word that was there before, whatever its case, else −4.
   */
  readonly likelihood?: (tokens: readonly string[], at: number) => number;
  /** Default: `hashedWords`. */
  readonly embed?: (text: string) => ArrayLike<number>;
  /** Relevance of each text, `[texts]`. Default: the part of the query's words that the text has, 0 to 1. */
  readonly rerank?: (query: string, texts: readonly string[]) => ArrayLike<number>;
}

/** What a scripted language model answers by default. */
export const SCRIPTED_SENTENCE = 'This is what the script says.';

export const DEFAULT_SCRIPTS: Required<LlmScripts> = {
  answer: () => SCRIPTED_SENTENCE,
  likelihood: (tokens, at) => {
    const before = new Set(tokens.slice(0, at).flatMap(wordsOf));
    const words = wordsOf(tokens[at] ?? '');
    return words.length > 0 && words.every((word) => before.has(word)) ? -0.5 : -4;
  },
  embed: hashedWords,
  rerank: (query, texts) => {
    const asked = [...new Set(wordsOf(query))];
    return texts.map((text) => {
      const words = new Set(wordsOf(text));
      return asked.filter((word) => words.has(word)).length / Math.max(1, asked.length);
    });
  },
};

/** A text as tokens: words, each with the space before it. Joined they are the text. */
export const tokensOf = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/gu) ?? [];
