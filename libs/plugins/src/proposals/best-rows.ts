import { topK } from '@attune/numeric';
import { NOTHING_RETRIEVED, type RequestCore, type Retrieved, type Vocabulary } from '@attune/sdk';

export interface RowScores {
  readonly vocabulary: Vocabulary;
  /** `[vocabulary.size]`; only positive scores are proposed. */
  readonly byRow: ArrayLike<number>;
}

/** The `limit` best rows that the request may be shown and that it does not itself name, best first. */
export async function bestRows(
  { vocabulary, byRow }: RowScores,
  request: RequestCore,
  limit: number,
): Promise<Retrieved> {
  const seeds = new Set(request.itemIds);
  // A vocabulary may have grown since its counts were taken; rows beyond them have none.
  const found = topK(byRow, limit + seeds.size, await request.allowed(vocabulary));
  const ids: string[] = [];
  const scores: number[] = [];
  for (const row of found) {
    const score = byRow[row]!;
    if (!(score > 0) || ids.length === limit) break;
    const id = vocabulary.id(row);
    if (seeds.has(id)) continue;
    ids.push(id);
    scores.push(score);
  }
  return ids.length === 0 ? NOTHING_RETRIEVED : { ids, scores: Float32Array.from(scores) };
}

/** Writes the scores of candidates `start..end` by their rows; a cold candidate (row −1) stays NaN. */
export function scoreRows(
  { byRow }: Pick<RowScores, 'byRow'>,
  rows: Int32Array,
  out: Float32Array,
  range: { readonly start: number; readonly end: number },
): void {
  for (let c = range.start; c < range.end; c++) {
    const row = rows[c]!;
    if (row >= 0 && row < byRow.length) out[c] = byRow[row]!;
  }
}
