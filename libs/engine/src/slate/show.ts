import type { SlateItem } from '@attune/sdk';
import { documentsOf } from './catalogue.reader.js';
import { contributionsOf, type AssembleInput } from './head.js';
import { reasonsOf } from './reasons.js';

/** Candidates as the answer shows them: document, parts of the score, reason. `from`: place of the first, from 0. */
export async function showItems(input: AssembleInput, shown: readonly number[], from: number): Promise<SlateItem[]> {
  const { request, passed, ranked, context, journal } = input;
  const ids = shown.map((c) => passed.pool.ids[c]!);
  const documents = await documentsOf(ids, { ...context, journal });
  const reasons = await reasonsOf(input, shown, documents);
  return shown.map((c, place) => {
    const document = documents[place];
    const reason = reasons[place];
    return {
      id: passed.pool.ids[c]!,
      score: ranked.scores[c]!,
      rank: from + place + 1,
      ...(document && { item: document }),
      ...(request.asked.explain && { contributions: contributionsOf(ranked, c) }),
      ...(reason && { reason: { key: reason.reason, text: reason.text, evidence: [...reason.evidence] } }),
    };
  });
}
