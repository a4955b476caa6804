import { NOTHING_RETRIEVED, type Retrieved } from '@attune/sdk';
import { runStep, type StageRun } from '../runtime/run-step.js';
import type { Step } from '../runtime/step.js';
import type { RequestContext } from '../slate/request-context.js';

export type RetrieveStep = Step<'retriever'> & { readonly limit: number };

/** All retrievers at once: `[retriever][request]` proposals. */
export function retrieve(
  steps: readonly RetrieveStep[],
  requests: readonly RequestContext[],
  run: StageRun,
): Promise<readonly (readonly Retrieved[])[]> {
  return Promise.all(steps.map((step) => retrieveWith(step, requests, run)));
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
