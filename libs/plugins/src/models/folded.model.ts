import { NOTHING_RETRIEVED, type Batch, type Call, type Retrieved, type View, type Vocabulary } from '@attune/sdk';
import { z } from 'zod';
import { bestRows, scoreRows } from '../proposals/best-rows.js';
import { tasteOf, tasteOptions, type Taste } from '../taste/taste.js';
import { asksBySeeds, tasteOfSeeds } from './asked-with.js';
import { SharedAnswers } from './shared-answers.js';

export const foldInOptions = tasteOptions.extend({
  /** What is folded in: the history, the request's seeds, or (auto) the seeds where there are any. */
  from: z.enum(['auto', 'history', 'seeds']).default('auto'),
});
export type FoldInOptions = z.output<typeof foldInOptions>;

/** Interests in all items `[items]` for a weighted set of rows, most recent first; rows are distinct. */
export type FoldIn = (taste: Taste<number>) => Float32Array | Promise<Float32Array>;

type Requests = readonly View<'history'>[];

/**
 * A trained item model that scores all items for a user it never saw, by folding in what the user took up. The answer
 * for one history (or list of seeds) is computed once and shared by the steps that ask for it.
 */
export class FoldedModel {
  private readonly answers = new SharedAnswers<Float32Array | undefined>();

  constructor(
    readonly items: Vocabulary,
    readonly foldIn: FoldIn,
  ) {}

  /**
   * Items by interest for each request, best first; only positive interests are proposed. Nothing where nothing can be
   * folded in, and for requests that the time is over for.
   */
  async retrieve(requests: Requests, limit: number, options: FoldInOptions, call: Call): Promise<readonly Retrieved[]> {
    const { signal } = call.deadline;
    const interests: (Float32Array | undefined)[] = [];
    // One after the other, since runs of a graph do not overlap.
    for (const request of requests) interests.push(signal.aborted ? undefined : await this.interests(request, options));
    return Promise.all(
      requests.map(async (request, r) => {
        const byRow = interests[r];
        return byRow === undefined ? NOTHING_RETRIEVED : bestRows({ vocabulary: this.items, byRow }, request, limit);
      }),
    );
  }

  /**
   * Writes interests; abstains on cold items, where nothing can be folded in, and on requests that the time is over for.
   */
  async score(batch: Batch<'history'>, out: Float32Array, options: FoldInOptions, call: Call): Promise<void> {
    const { requests, offsets, candidates } = batch;
    const { signal } = call.deadline;
    const rows = candidates.rows(this.items);
    for (const [r, request] of requests.entries()) {
      const byRow = signal.aborted ? undefined : await this.interests(request, options);
      if (signal.aborted) return;
      if (byRow !== undefined) scoreRows({ byRow }, rows, out, { start: offsets[r]!, end: offsets[r + 1]! });
    }
  }

  /** `[items]`, shared and read only; undefined for a user (or seeds) the model knows nothing about. */
  private interests(request: View<'history'>, options: FoldInOptions): Promise<Float32Array | undefined> {
    const { itemIds, history, now } = request;
    const seeded = asksBySeeds(options.from, itemIds);
    // Decay moves with the clock: a quiet user costs one answer.
    const moment = options.halfLifeDays === undefined ? 0 : now;
    return this.answers.get(seeded ? itemIds : history, JSON.stringify(options), moment, () =>
      this.told(seeded ? this.seeds(itemIds) : tasteOf(history, history.rows(this.items), options, now)),
    );
  }

  private async told(taste: Taste<number>): Promise<Float32Array | undefined> {
    return taste.keys.length === 0 ? undefined : this.foldIn(taste);
  }

  private seeds(ids: readonly string[]): Taste<number> {
    const keys = tasteOfSeeds(ids)
      .keys.map((id) => this.items.row(id))
      .filter((row) => row >= 0);
    return { keys, weights: keys.map(() => 1) };
  }
}
