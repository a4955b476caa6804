import type { Explanation, Item, SlateItem } from '@attune/sdk';
import { explain } from '../stages/explain.js';
import { sliceOf } from './candidate-pool.js';
import { documentsOf, type Reading } from './catalogue.reader.js';
import { candidatesOf } from './gather.js';
import { contributionsOf, type AssembleInput } from './head.js';
import { reasonText } from './reason-text.js';

/** Candidates as the answer shows them: document, parts of the score, reason. `from`: place of the first, from 0. */
export async function showItems(input: AssembleInput, shown: readonly number[], from: number): Promise<SlateItem[]> {
  const { request, passed, ranked, context, journal } = input;
  const reasons = await reasonsOf(input, shown);
  const reading = { ...context, journal };
  const documents = await documentsOf(
    shown.map((c) => passed.pool.ids[c]!),
    reading,
  );
  const evidence = await titlesOf(reasons, reading);
  return shown.map((c, place) => {
    const reason = reasons?.[place];
    const document = documents[place];
    return {
      id: passed.pool.ids[c]!,
      score: ranked.scores[c]!,
      rank: from + place + 1,
      ...(document && { item: document }),
      ...(request.asked.explain && { contributions: contributionsOf(ranked, c) }),
      ...(reason && {
        reason: { key: reason.reason, text: reasonText(reason, evidence), evidence: [...reason.evidence] },
      }),
    };
  });
}

async function reasonsOf(
  input: AssembleInput,
  shown: readonly number[],
): Promise<readonly (Explanation | undefined)[] | undefined> {
  const { pipeline, request, passed, ranked, run, journal, context } = input;
  const step = pipeline.explain;
  if (!request.asked.explain || step === undefined) return undefined;
  const candidates = await candidatesOf(sliceOf(passed.pool, shown), pipeline.needs.head, { ...context, journal });
  const scores = Float64Array.from(shown, (c) => ranked.scores[c]!);
  return journal.stage(
    'explain',
    () => explain(step, { request, candidates, scores }, run),
    () => shown.length,
  );
}

/** Titles of the items that reasons point to. */
async function titlesOf(
  reasons: readonly (Explanation | undefined)[] | undefined,
  reading: Reading,
): Promise<ReadonlyMap<string, Item>> {
  const ids = [...new Set((reasons ?? []).flatMap((reason) => reason?.evidence ?? []))];
  const items = ids.length === 0 ? [] : await documentsOf(ids, reading);
  return new Map(items.flatMap((item) => (item === undefined ? [] : [[item.id, item] as const])));
}
