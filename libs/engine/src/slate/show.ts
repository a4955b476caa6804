import type { Explanation, Item, SlateItem } from '@attune/sdk';
import { explain } from '../stages/explain.js';
import { sliceOf } from './candidate-pool.js';
import { documentsOf, type Reading } from './catalogue.reader.js';
import { candidatesOf } from './gather.js';
import { inventedBy } from './grounded.js';
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
    const document = documents[place];
    const reason = groundedReason(reasons?.[place], document, { input, evidence });
    return {
      id: passed.pool.ids[c]!,
      score: ranked.scores[c]!,
      rank: from + place + 1,
      ...(document && { item: document }),
      ...(request.asked.explain && { contributions: contributionsOf(ranked, c) }),
      ...(reason && {
        reason: {
          key: reason.reason,
          text: reasonText(reason, evidence, request.asked.language),
          evidence: [...reason.evidence],
        },
      }),
    };
  });
}

/** A reason that names nothing beyond its evidence; one that does is left out, and the slate says so. */
function groundedReason(
  reason: Explanation | undefined,
  item: Item | undefined,
  { input, evidence }: { readonly input: AssembleInput; readonly evidence: ReadonlyMap<string, Item> },
): Explanation | undefined {
  if (reason === undefined) return undefined;
  const pointed = reason.evidence.map((id) => evidence.get(id));
  const invented = inventedBy(reason, { item, evidence: pointed, query: input.request.query?.text });
  if (invented === undefined) return reason;
  input.journal.degrade(
    'explain',
    'PLUGIN_BROKE_CONTRACT',
    `a reason names "${invented}", which is not in its evidence`,
  );
  return undefined;
}

async function reasonsOf(
  input: AssembleInput,
  shown: readonly number[],
): Promise<readonly (Explanation | undefined)[] | undefined> {
  const { pipeline, request, passed, ranked, run, journal, context } = input;
  if (!request.asked.explain || pipeline.explain.length === 0) return undefined;
  const candidates = await candidatesOf(sliceOf(passed.pool, shown), pipeline.needs.head, { ...context, journal });
  const scores = Float64Array.from(shown, (c) => ranked.scores[c]!);
  const contributions = new Map(
    Array.from(ranked.contributions, ([name, column]) => [name, Float64Array.from(shown, (c) => column[c]!)] as const),
  );
  return journal.stage(
    'explain',
    () => explain(pipeline.explain, { request, candidates, scores, contributions }, run),
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
