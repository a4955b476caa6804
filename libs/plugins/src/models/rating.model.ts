import type { OwnRatings, RatingOf } from '@attune/algorithms';
import type { Batch, Call, EventColumns, View, Vocabulary } from '@attune/sdk';
import { z } from 'zod';
import { SharedAnswers } from './shared-answers.js';

export const ratedOptions = z.strictObject({
  /** Event types whose values are the user's ratings; the newest of an item counts. */
  types: z.array(z.string()).min(1).default(['rating']),
  /** Items taken, the most recently rated: time at a request grows with them. */
  maxItems: z.int().min(1).max(10_000).default(500),
});
export type RatedOptions = z.output<typeof ratedOptions>;

/** What a user would give each item, by its row, from what the user gave others. */
export type FoldInRatings = (own: OwnRatings) => RatingOf;

/**
 * A trained model of ratings, for users it never saw: their own ratings are folded in. That is done once for a history
 * and shared by the steps that ask for it.
 */
export class PredictedRatings {
  private readonly answers = new SharedAnswers<RatingOf | undefined>();

  /** @param scale the least and the greatest rating it was learned from: others' ratings count as the nearest of it */
  constructor(
    readonly items: Vocabulary,
    readonly scale: readonly [number, number],
    private readonly foldIn: FoldInRatings,
  ) {}

  /** What a user would give each item, not clipped to the scale; undefined where the user rated nothing it knows. */
  predict({ rows, values }: OwnRatings): RatingOf | undefined {
    const [low, high] = this.scale;
    if (!Array.from(rows).some((row) => row >= 0)) return undefined;
    return this.foldIn({ rows, values: Array.from(values, (value) => Math.min(high, Math.max(low, value))) });
  }

  /** Writes predicted ratings; abstains on cold items, on users who rated nothing, and when the time is over. */
  async score(
    { requests, offsets, candidates }: Batch<'history'>,
    out: Float32Array,
    options: RatedOptions,
    { deadline: { signal } }: Call,
  ): Promise<void> {
    const rows = candidates.rows(this.items);
    for (const [r, request] of requests.entries()) {
      const ratingOf = signal.aborted ? undefined : await this.ratingOf(request, options);
      if (signal.aborted) return;
      if (ratingOf === undefined) continue;
      for (let c = offsets[r]!; c < offsets[r + 1]!; c++) if (rows[c]! >= 0) out[c] = ratingOf(rows[c]!);
    }
  }

  private ratingOf({ history }: View<'history'>, options: RatedOptions): Promise<RatingOf | undefined> {
    return this.answers.get(history, JSON.stringify(options), 0, () =>
      Promise.resolve(this.predict(newestRatings(history, history.rows(this.items), options))),
    );
  }
}

/** The newest rating of each item, newest first: events of the types with a finite value. */
export function newestRatings(
  history: EventColumns,
  rows: ArrayLike<number>,
  { types, maxItems }: RatedOptions,
): OwnRatings {
  const newest = new Map<number, number>();
  for (let i = history.size - 1; i >= 0 && newest.size < maxItems; i--) {
    const rated = rows[i]! >= 0 && types.includes(history.types[i]!) && Number.isFinite(history.values[i]!);
    if (rated && !newest.has(rows[i]!)) newest.set(rows[i]!, history.values[i]!);
  }
  return { rows: [...newest.keys()], values: [...newest.values()] };
}
