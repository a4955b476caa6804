import type { Explanation, Item, SlateAnswer, SlateItem } from '@attune/sdk';
import { seededRandom } from '../runtime/seeded-random.js';
import { explain } from '../stages/explain.js';
import { rerank } from '../stages/rerank.js';
import { sliceOf } from './candidate-pool.js';
import { candidatesOf } from './gather.js';
import { round } from './journal.js';
import { contributionsOf, type AssembleInput } from './head.js';
import { reasonText } from './reason-text.js';
import type { ServeContext } from './serving.js';
import { traceCandidates } from './trace.js';

/** From ranked columns to the answer: order, re-rank, cut, explain, account. */
export async function assembleSlate(input: AssembleInput): Promise<SlateAnswer> {
  const { pipeline, request, passed, ranked, run, journal, context } = input;
  const order = bestFirst(ranked.scores, passed.pool.offsets[input.r]!, passed.pool.offsets[input.r + 1]!);
  const head = order.slice(0, pipeline.depth(request.limit));
  const scores = Float64Array.from(head, (c) => ranked.scores[c]!);
  const candidates = await candidatesOf(sliceOf(passed.pool, head), pipeline.needs.head, context.stores);
  const reranked = await journal.stage(
    'rerank',
    () => rerank(pipeline.rerank, { request, candidates, scores }, run),
    () => head.length,
  );
  const shown = reranked.order.slice(0, request.limit).map((place) => head[place]!);
  const reasons = await reasonsOf(input, shown);
  const documents = await context.stores.items.get(shown.map((c) => passed.pool.ids[c]!));
  const evidence = await titlesOf(reasons, context);
  const items = shown.map((c, place): SlateItem => {
    const reason = reasons?.[place];
    const document = documents[place];
    return {
      id: passed.pool.ids[c]!,
      score: ranked.scores[c]!,
      rank: place + 1,
      ...(document && { item: document }),
      ...(request.asked.explain && { contributions: contributionsOf(ranked, c) }),
      ...(reason && {
        reason: { key: reason.reason, text: reasonText(reason, evidence), evidence: [...reason.evidence] },
      }),
    };
  });
  const answer: SlateAnswer = {
    slateId: slateIdOf(request.id),
    surface: pipeline.surface,
    pipeline: { digest: pipeline.digest },
    items,
    degraded: journal.degraded,
    tookMs: round(context.clock.monotonic() - input.startedAt),
  };
  if (!request.asked.trace) return answer;
  const traced = traceCandidates(input, { order, reranked, shown });
  return { ...answer, trace: { stages: journal.stages, candidates: traced, notes: journal.notes } };
}

/** Candidates `from..to` by score, equal ones in the order they were proposed. */
function bestFirst(scores: Float64Array, from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

async function reasonsOf(
  input: AssembleInput,
  shown: readonly number[],
): Promise<readonly (Explanation | undefined)[] | undefined> {
  const { pipeline, request, passed, ranked, run, journal, context } = input;
  const step = pipeline.explain;
  if (!request.asked.explain || step === undefined) return undefined;
  const candidates = await candidatesOf(sliceOf(passed.pool, shown), pipeline.needs.head, context.stores);
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
  context: ServeContext,
): Promise<ReadonlyMap<string, Item>> {
  const ids = [...new Set((reasons ?? []).flatMap((reason) => reason?.evidence ?? []))];
  const items = ids.length === 0 ? [] : await context.stores.items.get(ids);
  return new Map(items.flatMap((item) => (item === undefined ? [] : [[item.id, item] as const])));
}

/** A slate's id follows from its request's: asking again under the same id gives the same one. */
function slateIdOf(requestId: string): string {
  const draw = seededRandom(`slate ${requestId}`);
  const word = (): string =>
    Math.floor(draw() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return `s-${word()}${word()}${word()}`;
}
