import type { Explanation, GivenReason, Item } from '@attune/sdk';
import { explain, type ExplainInput } from '../stages/explain.js';
import { phrase } from '../stages/phrase.js';
import { sliceOf } from './candidate-pool.js';
import { documentsOf, type Reading } from './catalogue.reader.js';
import { candidatesOf } from './gather.js';
import { inventedBy, type ReasonGround } from './grounded.js';
import type { AssembleInput } from './head.js';
import { reasonText } from './reason-text.js';

type Documents = readonly (Item | undefined)[];

/** Why each of the candidates is shown, in words, `[shown]`; empty where nobody asks. `documents`: theirs. */
export async function reasonsOf(
  input: AssembleInput,
  shown: readonly number[],
  documents: Documents,
): Promise<readonly (GivenReason | undefined)[]> {
  const { pipeline, request, run, journal } = input;
  if (!request.asked.explain || pipeline.explain.length === 0) return [];
  const slate = await explainedOf(input, shown);
  return journal.stage(
    'explain',
    async () => {
      const reasons = await explain(
        pipeline.explain.filter(({ plugin }) => !plugin.traits.phrases),
        slate,
        run,
      );
      const { given, grounds } = await groundedOf(input, reasons, documents);
      const phrasing = pipeline.explain.filter(({ plugin }) => plugin.traits.phrases);
      return phrase(phrasing, { ...slate, given, grounds }, run);
    },
    () => shown.length,
  );
}

async function explainedOf(input: AssembleInput, shown: readonly number[]): Promise<ExplainInput> {
  const { pipeline, request, passed, ranked, journal, context } = input;
  const candidates = await candidatesOf(sliceOf(passed.pool, shown), pipeline.needs.head, { ...context, journal });
  const scores = Float64Array.from(shown, (c) => ranked.scores[c]!);
  const contributions = new Map(
    Array.from(ranked.contributions, ([name, column]) => [name, Float64Array.from(shown, (c) => column[c]!)] as const),
  );
  return { request, candidates, scores, contributions, language: request.asked.language ?? 'en' };
}

/** The reasons that name nothing beyond their evidence, in fixed words; one that does is left out, and the slate says so. */
async function groundedOf(
  { request, journal, context }: AssembleInput,
  reasons: readonly (Explanation | undefined)[],
  documents: Documents,
): Promise<{ readonly given: readonly (GivenReason | undefined)[]; readonly grounds: readonly ReasonGround[] }> {
  const pointedTo = await itemsOf(reasons, { ...context, journal });
  const grounds = reasons.map((reason, place) => ({
    item: documents[place],
    evidence: (reason?.evidence ?? []).map((id) => pointedTo.get(id)),
    query: request.query?.text,
  }));
  const given = reasons.map((reason, place) => {
    const invented = reason && inventedBy(reason, grounds[place]!);
    if (reason === undefined || invented !== undefined) {
      if (invented !== undefined)
        journal.degrade(
          'explain',
          'PLUGIN_BROKE_CONTRACT',
          `a reason names "${invented}", which is not in its evidence`,
        );
      return undefined;
    }
    return { ...reason, text: reasonText(reason, pointedTo, request.asked.language) };
  });
  return { given, grounds };
}

/** The items that reasons point to, by id. */
async function itemsOf(
  reasons: readonly (Explanation | undefined)[],
  reading: Reading,
): Promise<ReadonlyMap<string, Item>> {
  const ids = [...new Set(reasons.flatMap((reason) => reason?.evidence ?? []))];
  const items = ids.length === 0 ? [] : await documentsOf(ids, reading);
  return new Map(items.flatMap((item) => (item === undefined ? [] : [[item.id, item] as const])));
}
