import { aspectsOf } from '../aspects-of.js';
import type { ReviewSentence } from './sentence.js';

/** How often the reader and a label agree. */
export interface JudgedSentences {
  /** Aspects with their sign: of those read how many are labelled, of those labelled how many are read. */
  readonly precision: number;
  readonly recall: number;
  /** Sentences whose sign as a whole is the labelled one. */
  readonly whole: number;
}

export function judged(sentences: readonly ReviewSentence[]): JudgedSentences {
  const counts = { right: 0, read: 0, labels: 0, whole: 0 };
  for (const [text, labels, whole] of sentences) {
    const { aspects, sentiment } = aspectsOf([{ text }]);
    const read = aspects.map((row) => `${row.aspect}${row.positive > 0 ? '+' : row.negative > 0 ? '-' : '~'}`);
    const wanted = labels.split(' ').filter((label) => label !== '');
    counts.read += read.length;
    counts.labels += wanted.length;
    counts.right += read.filter((one) => wanted.includes(one)).length;
    if (whole === (sentiment.positive > 0 ? '+' : sentiment.negative > 0 ? '-' : '0')) counts.whole++;
  }
  return {
    precision: counts.right / counts.read,
    recall: counts.right / counts.labels,
    whole: counts.whole / sentences.length,
  };
}
