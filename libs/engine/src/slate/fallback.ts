import { NOTHING_RETRIEVED, type Retrieved } from '@attune/sdk';
import type { Pipeline } from '../pipeline/pipeline.js';
import { RequestDeadline } from '../runtime/request-deadline.js';
import type { StageRun } from '../runtime/run-step.js';
import { retrieveWith } from '../stages/retrieve.js';
import { poolOf, type CandidatePool } from './candidate-pool.js';
import { SlateJournal } from './journal.js';
import type { RequestContext } from './request-context.js';
import type { FallbackMemory, FilteredPool, ServeContext } from './serving.js';

type Refilter = (
  pipeline: Pipeline,
  requests: readonly RequestContext[],
  proposed: CandidatePool,
  context: { readonly run: StageRun; readonly context: ServeContext },
) => Promise<FilteredPool>;

interface FillInput {
  readonly first: FilteredPool;
  readonly proposals: readonly (readonly Retrieved[])[];
}
interface FillContext {
  readonly run: StageRun;
  readonly context: ServeContext;
  readonly refilter: Refilter;
}

/**
 * Where fewer candidates than asked for survived, the fallback proposes too, and everything passes the filters again:
 * a slate is short only when the filters leave too little of the catalogue. What does not answer a query is no answer to
 * it: one that found something is left as it is.
 */
export async function fillFromFallback(
  pipeline: Pipeline,
  requests: readonly RequestContext[],
  { first, proposals }: FillInput,
  { run, context, refilter }: FillContext,
): Promise<FilteredPool> {
  const short = requests.map(({ query, limit }, r) => countOf(first, r) < (query === undefined ? limit : 1));
  if (!short.includes(true)) {
    void askBeforeNeeded(pipeline, requests, run, context);
    return first;
  }
  // Memory speaks only where the fallback itself misses: one that has nothing for a moment long ago has nothing.
  const lists = await retrieveWith(pipeline.fallback, requests, { ...run, shed: NOTHING_SHED }, context.memory.last);
  remember(lists, requests, context.memory);
  const offered = lists.map((list, r) => (short[r] ? list : NOTHING_RETRIEVED));
  const filled = await refilter(pipeline, requests, poolOf([...proposals, offered], requests.length), { run, context });
  const longer = new Set(requests.flatMap((_, r) => (countOf(filled, r) > countOf(first, r) ? [r] : [])));
  if (longer.size > 0) run.journal.note(pipeline.fallback.name, 'FALLBACK_USED');
  return { ...filled, filled: longer };
}

/**
 * A fallback that was never needed has left nothing to remember: it is asked once behind a slate that can do without, so
 * that there is a list on the day everything else fails.
 */
async function askBeforeNeeded(
  { fallback }: Pipeline,
  requests: readonly RequestContext[],
  run: StageRun,
  { memory, clock }: ServeContext,
): Promise<void> {
  const [request] = requests.filter(({ filter }) => filter === undefined);
  if (memory.last !== undefined || memory.isAsking === true || request === undefined) return;
  memory.isAsking = true;
  // With time and a journal of its own: the slate is not to know.
  const aside = { ...run, deadline: new RequestDeadline(clock, fallback.hardMs), journal: new SlateJournal(clock) };
  remember(await retrieveWith(fallback, [request], { ...aside, shed: NOTHING_SHED }), [request], memory);
  memory.isAsking = false;
}

const countOf = ({ pool }: FilteredPool, r: number): number => pool.offsets[r + 1]! - pool.offsets[r]!;

/** Keeps the longest list; one narrowed by a caller's filter only where there is none yet. */
function remember(lists: readonly Retrieved[], requests: readonly RequestContext[], memory: FallbackMemory): void {
  let longest: Retrieved | undefined;
  lists.forEach((list, r) => {
    if (requests[r]!.filter !== undefined && memory.last !== undefined) return;
    if (list.ids.length > (longest?.ids.length ?? 0)) longest = list;
  });
  memory.last = longest ?? memory.last;
}

const NOTHING_SHED: ReadonlySet<string> = new Set();
