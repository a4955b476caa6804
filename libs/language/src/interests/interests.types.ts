import type { Item } from '@attune/sdk';
import { z } from 'zod';

const weight = z.number().refine(Number.isFinite);
const count = z.int().min(0);
/** A value, its weight (below 0: disliked), in how many events it was, and when last (epoch ms). */
const value = z.tuple([z.string(), weight, count, z.number()]);
/**
 * Category ('' of items without), currency, sums over events of weight, weight × ln price and weight × (ln price)²,
 * events, last.
 */
const price = z.tuple([z.string(), z.string(), weight, weight, weight, count, z.number()]);

/**
 * What somebody is interested in, as plain JSON of at most 32 KiB. Weights are those of a moment of its own, the last
 * whole number of half-lives since 1970 before `asOf`: halving all is then exact, and it makes no difference when it
 * is done.
 */
export const interestsSchema = z.strictObject({
  /** Epoch ms of the newest event; 0 without events. */
  asOf: z.number().min(0),
  halfLifeMs: z.int().min(1),
  /** By path: `categories`, `brand`, `tags`, `attributes.<name>`; `query` of searches, `aspects` of own reviews. */
  facets: z.array(z.strictObject({ path: z.string(), values: z.array(value).max(200) })).max(100),
  prices: z.array(price).max(20),
  counts: z.strictObject({ events: count, searches: count, reviews: count }),
});
export type Interests = z.output<typeof interestsSchema>;

/** What somebody did, as interests see it. Each event is told once: there are no ids to know it again by. */
export interface InterestEvent {
  readonly type: string;
  /** Epoch ms; later than `now` counts as now. */
  readonly at: number;
  readonly itemIds?: readonly string[] | undefined;
  /** Of `rating` and `review`: 1 to 5; 3 says nothing, less speaks against the item. */
  readonly value?: number | undefined;
  /** Of `search`. */
  readonly query?: string | undefined;
  /** Of `review`: what was written. */
  readonly review?: string | undefined;
}

export interface InterestFacts {
  /** What is known of items; of others only that there was an event. */
  readonly items: ReadonlyMap<string, Pick<Item, 'categories' | 'brand' | 'tags' | 'attributes' | 'price'>>;
  /**
   * By event type; types without one say nothing. `search` 1, `review` 1, `dislike` and `hide` −1 unless told; the
   * latter never speak for.
   */
  readonly weights: Readonly<Record<string, number>>;
  /** Attributes that items are chosen by; the first 20. */
  readonly attributes: readonly string[];
  /** Days after which an event weighs half, above 0. */
  readonly halfLifeDays: number;
  /** Epoch ms. */
  readonly now: number;
}

/** One interest as a person reads it. */
export interface InterestLine {
  /** Stable over refreshes: the path, a colon, the value. */
  readonly id: string;
  readonly path: string;
  readonly value: string;
  /** 0 to 1. */
  readonly strength: number;
  readonly text: string;
  readonly by: 'events' | 'user';
  readonly evidence: { readonly events: number; readonly lastAt: number | undefined };
}

const [LONGEST_VALUE, MOST_EDITS] = [300, 200];
const id = z.string().min(1).max(500);

/** What somebody changed of their own interests. */
export const interestEditsSchema = z.strictObject({
  hidden: z.array(id).max(MOST_EDITS).default([]).describe('Ids of lines that never return.'),
  pinned: z.array(id).max(MOST_EDITS).default([]).describe('Ids of lines that stay.'),
  added: z
    .array(
      z.strictObject({
        path: z.string().regex(/^(?:categories|brand|tags|query|aspects|attributes\.[^\p{Cc}]{1,128})$/u),
        value: z.string().trim().min(1).max(LONGEST_VALUE),
      }),
    )
    .max(MOST_EDITS)
    .default([])
    .describe('Interests that no event told of.'),
  note: z.string().max(500).optional().describe('In their own words.'),
});
export type InterestEdits = z.output<typeof interestEditsSchema>;
