import type { CandidateTrace } from '@attune/sdk';
import { contributionsOf, type AssembleInput, type Head } from './head.js';
import type { CandidatePool } from './candidate-pool.js';

/** Accounts for every candidate of one request: shown first, then the rest by score, then what the filters removed. */
export function traceCandidates(input: AssembleInput, head: Head): CandidateTrace[] {
  const { passed, r } = input;
  const rankOf = new Map(head.shown.map((c, place) => [c, place + 1]));
  const placeOf = new Map(head.order.map((c, place) => [c, place]));
  const byPlace = [...head.shown, ...head.order.filter((c) => !rankOf.has(c))];
  const proposals = proposalsOf(input);
  const columns = [...input.columns];
  const survivors = byPlace.map((c): CandidateTrace => {
    const id = passed.pool.ids[c]!;
    const moves = head.reranked.moves.get(placeOf.get(c)!);
    const rank = rankOf.get(c);
    return {
      id,
      proposedBy: proposals(passed.pool, c),
      score: input.ranked.scores[c]!,
      contributions: contributionsOf(input.ranked, c),
      abstained: columns.filter(([, column]) => Number.isNaN(column[c])).map(([name]) => name),
      ...(moves && { movedBy: moves.map(({ by, from, to }) => ({ by, from: from + 1, to: to + 1 })) }),
      ...(rank !== undefined && { rank }),
    };
  });
  const { proposed, filtered } = passed;
  const removed: CandidateTrace[] = [];
  for (let c = proposed.offsets[r]!; c < proposed.offsets[r + 1]!; c++) {
    const by = filtered.removedBy[c]!;
    if (by >= 0)
      removed.push({
        id: proposed.ids[c]!,
        proposedBy: proposals(proposed, c),
        filteredBy: input.pipeline.filter[by]!.name,
      });
  }
  return [...survivors, ...removed];
}

/** Who proposed a candidate, at which place of his list and with which score. */
function proposalsOf({ proposers }: AssembleInput): (pool: CandidatePool, c: number) => CandidateTrace['proposedBy'] {
  return (pool, c) => {
    const found: CandidateTrace['proposedBy'] = [];
    for (let i = 0; i < pool.positions.length; i++) {
      const position = pool.positions[i]![c]!;
      if (position >= 0) found.push({ plugin: proposers[i]!, position: position + 1, score: pool.scores[i]![c]! });
    }
    return found;
  };
}
