import type { SlateAnswer } from '@attune/sdk';
import { RequestDeadline } from '../runtime/request-deadline.js';
import { seededRandom } from '../runtime/seeded-random.js';
import { rerank } from '../stages/rerank.js';
import { sliceOf } from './candidate-pool.js';
import { candidatesOf } from './gather.js';
import { round, SlateJournal } from './journal.js';
import type { AssembleInput, Head } from './head.js';
import type { PassedCandidates, ServedSlate } from './serving.js';
import { showItems } from './show.js';
import { traceCandidates } from './trace.js';

/** From ranked columns to the answer: order, re-rank, cut, explain, account. */
export async function assembleSlate(input: AssembleInput): Promise<ServedSlate> {
  const { pipeline, request, journal, context } = input;
  const head = await orderHead(input);
  const { shown, final } = head;
  const items = await showItems(input, shown, 0);
  const answer: SlateAnswer = {
    slateId: slateIdOf(request.id),
    surface: pipeline.surface,
    pipeline: { digest: pipeline.digest },
    items,
    degraded: journal.degraded,
    tookMs: round(context.clock.monotonic() - input.startedAt),
  };
  const { stages, notes } = journal;
  const trace = request.asked.trace && { trace: { stages, candidates: traceCandidates(input, head), notes } };
  return {
    slate: { ...answer, ...trace },
    total: final.length,
    filled: input.passed.filled?.has(input.r) ?? false,
    passed: () => passedOf(input, final),
    page: (from, to, order) => {
      const shown = order === undefined ? final : order.map((place) => final[place]!);
      return showItems(afresh(input), shown.slice(from, to), from);
    },
  };
}

/** One request's candidates in their final order. */
async function orderHead(input: AssembleInput): Promise<Head> {
  const { pipeline, request, passed, ranked, run, journal, context } = input;
  const order = bestFirst(ranked.scores, passed.pool.offsets[input.r]!, passed.pool.offsets[input.r + 1]!);
  const depth = request.asked.paging === true ? MAX_PAGED : pipeline.depth(request.limit);
  const head = order.slice(0, depth);
  const scores = Float64Array.from(head, (c) => ranked.scores[c]!);
  const candidates = await candidatesOf(sliceOf(passed.pool, head), pipeline.needs.head, { ...context, journal });
  const reranked = await journal.stage(
    'rerank',
    () => rerank(pipeline.rerank, { request, candidates, scores }, run),
    () => head.length,
  );
  const final = [...reranked.order.map((place) => head[place]!), ...order.slice(head.length)];
  return { order, reranked, final, shown: final.slice(0, request.limit) };
}

/** Items that pages can reach; re-rankers see all of them where pages are asked for. */
export const MAX_PAGED = 1000;

/** Candidates `from..to` by score, equal ones in the order they were proposed. */
function bestFirst(scores: Float64Array, from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

function passedOf({ passed, ranked }: AssembleInput, final: readonly number[]): PassedCandidates {
  return { ids: final.map((c) => passed.pool.ids[c]!), scores: final.map((c) => ranked.scores[c]!) };
}

/** The same ranked candidates with time of their own, for a page asked for later. */
function afresh(input: AssembleInput): AssembleInput {
  const { pipeline, context } = input;
  const journal = new SlateJournal(context.clock);
  const deadline = new RequestDeadline(context.clock, pipeline.deadlineMs);
  return { ...input, journal, run: { ...input.run, journal, deadline } };
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
