import type { WrittenLanguage } from '../writing/description.style.js';

/** What reviews of a shop speak of. `likeness`: whether a thing is as it was shown and described. */
export const ASPECTS = [
  'quality',
  'price',
  'size',
  'color',
  'material',
  'design',
  'comfort',
  'ease-of-use',
  'durability',
  'performance',
  'cleaning',
  'weight',
  'packaging',
  'delivery',
  'smell',
  'taste',
  'sound',
  'battery',
  'service',
  'instructions',
  'likeness',
] as const;
export type Aspect = (typeof ASPECTS)[number];

export type Polarity = 'positive' | 'negative' | 'neutral';

/** One review as it was written. */
export interface ReviewText {
  readonly text: string;
  /** 1 to 5. Where there is one, it decides whether the review is positive. */
  readonly rating?: number | undefined;
  /** BCP 47; default: told by the text. Texts known to be neither English nor Chinese are counted and not read. */
  readonly language?: string | undefined;
}

/** How many reviews say so. */
export type PolarityCounts = Readonly<Record<Polarity, number>>;

/** Words of a review about an aspect. */
export interface ReviewQuote {
  /** Index of the review. */
  readonly review: number;
  /** Where, in UTF-16 units of the review without personal data (see `withoutPersonalData`), the end excluded. */
  readonly from: number;
  readonly to: number;
  /** That part of it; at most 160 characters. */
  readonly text: string;
  readonly polarity: Polarity;
}

/** What reviews say of one aspect. */
export interface AspectOpinions extends PolarityCounts {
  readonly aspect: Aspect;
  /** Reviews that speak of it: the positive, the negative and the neutral ones. */
  readonly mentions: number;
  /** Positive ones first, at most as many a side as asked for. */
  readonly quotes: readonly ReviewQuote[];
}

export interface ReviewAspects {
  readonly count: number;
  /** What was counted: whole reviews, or the sentences of a text that nothing parts into reviews. */
  readonly of: 'reviews' | 'sentences';
  readonly sentiment: PolarityCounts;
  /** Those spoken of, the most mentioned first; of equals, as `ASPECTS` has them. */
  readonly aspects: readonly AspectOpinions[];
}

export interface ReviewSummaryOptions {
  readonly language: WrittenLanguage;
  /** Longest summary, in UTF-16 units. Default 300. */
  readonly maxChars?: number;
}
