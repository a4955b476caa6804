import type { JobOutcome, JobRun, JobWorks, SplitWork, WholeWork } from '@attune/sdk';

/** How to do a job of this type. */
export function workOf<R extends { readonly type: string }>(
  works: JobWorks<R>,
  request: R,
): WholeWork<R> | SplitWork<R> {
  // A record by type, which the compiler cannot follow through the look-up.
  return works[request.type as R['type']] as WholeWork<R> | SplitWork<R>;
}

/** Does a job in this process: whole, or part after part. */
export async function runWork<R extends { readonly type: string }>(
  works: JobWorks<R>,
  run: JobRun<R>,
): Promise<JobOutcome> {
  const work = workOf(works, run.request);
  if (typeof work === 'function') return await work(run);
  const total = await work.size(run);
  let outcome: JobOutcome = { ok: 0, failed: 0, errors: [] };
  for await (const part of work.plan(run)) {
    run.signal.throwIfAborted();
    outcome = joinedOutcome(outcome, await work.part(part, run));
    const done = outcome.ok + outcome.failed;
    run.progress(done, Math.max(done, total));
  }
  await work.end?.(run);
  return outcome;
}

/** Two outcomes as one; of many errors the first are told. */
export const joinedOutcome = (one: JobOutcome, other: JobOutcome): JobOutcome => ({
  ok: one.ok + other.ok,
  failed: one.failed + other.failed,
  errors: [...one.errors, ...other.errors].slice(0, MOST_ERRORS),
});

/** Lines of errors told of a job. */
export const MOST_ERRORS = 20;
