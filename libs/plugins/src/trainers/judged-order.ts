import { topK } from '@attune/numeric';
import type { RankingData } from '@attune/algorithms';
import type { JudgedCandidates } from '@attune/sdk';
import { withShares } from '../models/learned-order.model.js';

/** Places that count. */
const CUT = 10;

/** Mean NDCG@10 of an order of candidates, group by group; grades are 0 and 1. Every group has one of grade 1. */
export function ndcgOf({ grades, groups }: Pick<RankingData, 'grades' | 'groups'>, scores: ArrayLike<number>): number {
  let sum = 0;
  for (let g = 0; g + 1 < groups.length; g++) {
    const [from, to] = [groups[g]!, groups[g + 1]!];
    const best = topK(
      Float64Array.from({ length: to - from }, (_, c) => scores[from + c]!),
      CUT,
    );
    let wanted = 0;
    for (let row = from; row < to; row++) wanted += grades[row]!;
    sum +=
      gainOf(Array.from(best, (c) => grades[from + c]!)) / gainOf(new Array<number>(Math.min(CUT, wanted)).fill(1));
  }
  return sum / (groups.length - 1);
}

const gainOf = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, place) => sum + grade / Math.log2(place + 2), 0);

/** Requests in which something was bought, and something was not. */
export function tellingGroups({ grades, groups }: JudgedCandidates): readonly number[] {
  const all = Array.from({ length: groups.length - 1 }, (_, g) => g);
  return all.filter((g) => {
    const ofGroup = grades.subarray(groups[g], groups[g + 1]);
    return ofGroup.includes(1) && ofGroup.includes(0);
  });
}

/** The candidates of some requests, each column as it is and beside the largest of the request. */
export function rowsOf(
  { columns: { length: width }, features, grades, groups }: JudgedCandidates,
  some: readonly number[],
): RankingData {
  const offsets = new Int32Array(some.length + 1);
  some.forEach((g, k) => (offsets[k + 1] = offsets[k]! + groups[g + 1]! - groups[g]!));
  const rows = new Float32Array(offsets.at(-1)! * width);
  const ofRows = new Float32Array(offsets.at(-1)!);
  some.forEach((g, k) => {
    rows.set(features.subarray(groups[g]! * width, groups[g + 1]! * width), offsets[k]! * width);
    ofRows.set(grades.subarray(groups[g], groups[g + 1]), offsets[k]);
  });
  return { features: withShares(rows, width, offsets), columns: 2 * width, grades: ofRows, groups: offsets };
}

/** What the weighted columns made of the candidates of some requests. */
export const scoresOf = ({ scores, groups }: JudgedCandidates, some: readonly number[]): Float64Array =>
  Float64Array.from(some.flatMap((g) => [...scores.subarray(groups[g], groups[g + 1])]));

/** Requests of people who are drawn, and of the others: what one person was asked stays together. */
export function byOwner(
  { owners }: JudgedCandidates,
  groups: readonly number[],
  isDrawn: () => boolean,
): { readonly held: readonly number[]; readonly others: readonly number[] } {
  const drawn = new Map<number, boolean>();
  for (const group of groups) if (!drawn.has(owners[group]!)) drawn.set(owners[group]!, isDrawn());
  return {
    held: groups.filter((group) => drawn.get(owners[group]!)),
    others: groups.filter((group) => !drawn.get(owners[group]!)),
  };
}
