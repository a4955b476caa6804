import type { VectorBlock } from '@attune/sdk';
import { hashText } from './seeded.js';

/** Dimensions of the reference embedding. */
export const WORD_DIMS = 64;

/** Lower-case words and numbers of a text, in order. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * The reference embedding: each word adds ±1 to one of 64 axes (feature hashing), then unit length.
 * Texts that share words are near; a text without words is the first axis.
 */
export function hashedWords(text: string): Float32Array {
  const vector = new Float32Array(WORD_DIMS);
  for (const word of wordsOf(text)) {
    const hash = hashText(word);
    vector[hash % WORD_DIMS]! += hash & 0x8000_0000 ? -1 : 1;
  }
  const norm = Math.hypot(...vector);
  if (norm === 0) return vector.fill(0).fill(1, 0, 1);
  return vector.map((value) => value / norm);
}

/** One unit row a text: `[texts × 64]`. */
export function hashedBlock(texts: readonly string[]): VectorBlock {
  const data = new Float32Array(texts.length * WORD_DIMS);
  texts.forEach((text, row) => data.set(hashedWords(text), row * WORD_DIMS));
  return { rows: texts.length, dims: WORD_DIMS, data };
}
