import {
  NOTHING_RETRIEVED,
  type Batch,
  type EventColumns,
  type Retrieved,
  type View,
  type Vocabulary,
} from '@attune/sdk';
import { z } from 'zod';
import { bestRows, scoreRows } from '../proposals/best-rows.js';
import { tasteOf, tasteOptions, type Taste } from '../taste/taste.js';

export const foldInOptions = tasteOptions.extend({
  /** What is folded in: the history, the request's seeds, or (auto) the seeds where there are any. */
  from: z.enum(['auto', 'history', 'seeds']).default('auto'),
});
export type FoldInOptions = z.output<typeof foldInOptions>;

/** Scores of all items `[items]` for a weighted set of rows. */
export type FoldIn = (taste: Taste<number>) => Float32Array;

/** What was folded in as of a moment (0 where time plays no part). */
interface Answer {
  readonly moment: number;
  readonly interests: Float32Array | undefined;
}

/** Sources whose answers are kept: the requests in flight, and few enough to forget people soon. */
const REMEMBERED = 256;

/**
 * A trained item model that scores all items for a user it never saw, by folding in what the user took up. The answer
 * for one history (or list of seeds) is computed once and shared by the steps that ask for it.
 */
export class FoldedModel {
  private readonly answers = new Map<EventColumns | readonly string[], Map<string, Answer>>();

  constructor(
    readonly items: Vocabulary,
    private readonly foldIn: FoldIn,
  ) {}

  /** Items by interest, best first; only positive interests are proposed. Nothing where nothing can be folded in. */
  async retrieve(request: View<'history'>, limit: number, options: FoldInOptions): Promise<Retrieved> {
    const byRow = this.interests(request, options);
    return byRow === undefined ? NOTHING_RETRIEVED : bestRows({ vocabulary: this.items, byRow }, request, limit);
  }

  /** Writes interests; abstains on cold items, and on everything where nothing can be folded in. */
  score({ requests, offsets, candidates }: Batch<'history'>, out: Float32Array, options: FoldInOptions): void {
    const rows = candidates.rows(this.items);
    requests.forEach((request, r) => {
      const byRow = this.interests(request, options);
      if (byRow !== undefined) scoreRows({ byRow }, rows, out, { start: offsets[r]!, end: offsets[r + 1]! });
    });
  }

  /** `[items]`, shared and read only; undefined for a user (or seeds) the model knows nothing about. */
  private interests(request: View<'history'>, options: FoldInOptions): Float32Array | undefined {
    const seeded = options.from === 'seeds' || (options.from === 'auto' && request.itemIds.length > 0);
    const known = this.answersFor(seeded ? request.itemIds : request.history);
    const key = JSON.stringify(options);
    // Decay moves with the clock; only the latest moment is kept, so that a quiet user costs one answer.
    const moment = options.halfLifeDays === undefined ? 0 : request.now;
    const answer = known.get(key);
    if (answer?.moment === moment) return answer.interests;
    const taste = seeded ? this.seeds(request.itemIds) : this.history(request, options);
    const interests = taste.keys.length === 0 ? undefined : this.foldIn(taste);
    known.set(key, { moment, interests });
    return interests;
  }

  private answersFor(source: EventColumns | readonly string[]): Map<string, Answer> {
    let known = this.answers.get(source);
    if (known === undefined) {
      const oldest = this.answers.keys().next();
      if (this.answers.size >= REMEMBERED && oldest.done !== true) this.answers.delete(oldest.value);
      known = new Map<string, Answer>();
      this.answers.set(source, known);
    }
    return known;
  }

  private history({ history, now }: View<'history'>, options: FoldInOptions): Taste<number> {
    return tasteOf(history, history.rows(this.items), options, now);
  }

  private seeds(ids: readonly string[]): Taste<number> {
    const keys = [...new Set(ids.map((id) => this.items.row(id)))].filter((row) => row >= 0);
    return { keys, weights: keys.map(() => 1) };
  }
}
