import * as huggingFace from '@huggingface/tokenizers';

/** The part of the package used here; its own declarations do not resolve under `nodenext`. */
interface TokenizerPackage {
  readonly Tokenizer: new (
    tokenizer: object,
    config: object,
  ) => { encode(text: string, options?: { add_special_tokens?: boolean }): { ids: number[] } };
}

const { Tokenizer } = huggingFace as unknown as TokenizerPackage;

/** Far more text than any token limit lets through: bounds the time a hostile text can take. */
const CHARS_PER_TOKEN = 32;
const LONGEST_WORD = 64;

/** Text to token ids, cut to a length. */
export interface TextTokenizer {
  /** Token ids with special tokens, at most `maxTokens`; a longer text loses its end, never its closing token. */
  encode(text: string): BigInt64Array;
  /** Whether the vocabulary has a word as one token: common words of the model's language are, typos hardly ever. */
  knows(word: string): boolean;
}

/** Makes the tokenizer of a model folder: one special token in front, the rest behind, as BERT-like models have it. */
export function createTextTokenizer(tokenizer: object, config: object, maxTokens: number): TextTokenizer {
  const encoder = new Tokenizer(tokenizer, config);
  const [first, ...closing] = encoder.encode('').ids;
  const opening = first === undefined ? [] : [first];
  const room = maxTokens - opening.length - closing.length;
  const idsOf = (text: string): number[] => encoder.encode(text, { add_special_tokens: false }).ids;
  // A letter of a script nobody uses any more: what a model says of it, it says of whatever it does not know.
  const unknown = idsOf('\u{10900}').join();
  return {
    encode(text) {
      const ids = idsOf(text.slice(0, maxTokens * CHARS_PER_TOKEN));
      return BigInt64Array.from([...opening, ...ids.slice(0, room), ...closing], BigInt);
    },
    knows(word) {
      if (word.length > LONGEST_WORD) return false;
      const ids = idsOf(word);
      return ids.length === 1 && ids.join() !== unknown;
    },
  };
}
