import type { LlmLikelihoodAsk } from '@attune/sdk';
import { told } from './quoted.js';

/** A frame that says how likely something is to be said of an item. */
export interface LikelihoodPrompt {
  /** `id@version`. */
  readonly name: string;
  /** One continuation a text `[texts]`: what is asked (or was taken up) after the text. */
  ask(texts: readonly string[], said: string, maxChars: number): LlmLikelihoodAsk;
}

/** Of what is asked, or of titles that stand for it. */
const SAID_CHARS = 300;

/** Titles all in capitals are read as in lower case: small models know such words better. */
const readable = (text: string): string => (/\p{Ll}/u.test(text) ? text : text.toLowerCase());

const framed = (id: string, version: number, frame: (text: string) => string): LikelihoodPrompt => {
  const name = `${id}@${version}`;
  return {
    name,
    ask: (texts, said, maxChars) => ({
      prompt: name,
      continuations: texts.map((text) => ({
        given: frame(readable(told(text, maxChars))),
        then: ` ${readable(told(said, SAID_CHARS))}`,
      })),
    }),
  };
};

/** How likely a shopper searches for a query when he wants the item (query likelihood, Ponte and Croft 1998). */
export const queryLikelihoodPrompt = framed(
  'query-likelihood',
  1,
  (text) => `A shop sells ${text}. It is for somebody who is looking for`,
);

/** How likely somebody who wants the item took up others before. */
export const historyLikelihoodPrompt = framed(
  'history-likelihood',
  1,
  (text) => `A shop sells ${text}. It is for somebody who also bought`,
);
