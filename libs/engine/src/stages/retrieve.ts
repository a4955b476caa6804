import { setImmediate as turn } from 'node:timers/promises';
import { NOTHING_RETRIEVED, type PortName, type Retrieved } from '@attune/sdk';
import { runStep, type StageRun } from '../runtime/run-step.js';
import type { Step } from '../runtime/step.js';
import type { RequestContext } from '../slate/request-context.js';

export type RetrieveStep = Step<'retriever'> & { readonly limit: number };

/** Ports behind which another machine may search. */
const SEARCHING: ReadonlySet<PortName> = new Set<PortName>(['vectorIndex', 'textIndex']);

/**
 * All retrievers at once: `[retriever][request]` proposals. Those that search go first, and the others compute while the
 * answers are on their way.
 */
export async function retrieve(
  steps: readonly RetrieveStep[],
  requests: readonly RequestContext[],
  run: StageRun,
): Promise<readonly (readonly Retrieved[])[]> {
  const isSearching = ({ plugin }: RetrieveStep): boolean => plugin.uses.some((port) => SEARCHING.has(port));
  const lists = new Map<RetrieveStep, Promise<readonly Retrieved[]>>();
  const start = (some: readonly RetrieveStep[]): void => {
    for (const step of some) lists.set(step, retrieveWith(step, requests, run));
  };
  const searching = steps.filter(isSearching);
  start(searching);
  // A turn of the event loop: what is asked is written to its socket.
  if (searching.length > 0 && searching.length < steps.length) await turn();
  start(steps.filter((step) => !isSearching(step)));
  return await Promise.all(steps.map((step) => lists.get(step)!));
}

/** One retriever's proposals, one list a request; `neutral` for each where it misses. */
export function retrieveWith(
  step: RetrieveStep,
  requests: readonly RequestContext[],
  run: StageRun,
  neutral = NOTHING_RETRIEVED,
): Promise<readonly Retrieved[]> {
  return runStep<readonly Retrieved[]>(step, run, {
    run: (call) =>
      step.running!.retrieve(
        requests.map((request) => request.forStep(step.name)),
        step.limit,
        call,
      ),
    broken: (lists) => brokenBy(lists, requests.length, step.limit),
    neutral: () => requests.map(() => neutral),
  });
}

function brokenBy(lists: readonly Retrieved[], requests: number, limit: number): string | undefined {
  if (!Array.isArray(lists) || lists.length !== requests) return `${lists?.length} lists for ${requests} requests`;
  for (const { ids, scores } of lists as readonly Retrieved[]) {
    if (ids.length !== scores.length) return `${ids.length} ids but ${scores.length} scores`;
    if (ids.length > limit) return `${ids.length} items where at most ${limit} were asked for`;
    if (new Set(ids).size !== ids.length) return 'an item twice';
    for (let i = 0; i < ids.length; i++) {
      if (typeof ids[i] !== 'string') return 'an id that is not a string';
      if (!Number.isFinite(scores[i])) return 'a score that is not a finite number';
    }
  }
  return undefined;
}
