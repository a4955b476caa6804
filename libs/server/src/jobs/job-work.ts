import { diffScorer } from '../evaluate/diff-scorer.js';
import { evaluateSurface } from '../evaluate/evaluate-surface.js';
import type { JobEngineParts } from '../evaluate/own-engine.js';
import { recommendUsers } from '../evaluate/recommend-users.js';
import type { JobOutcome, JobRequestOf, JobRun, JobType, JobWork } from './job.js';

/** Does the work of one type of job. */
export type WorkOf<T extends JobType> = (run: JobRun<JobRequestOf<T>>) => Promise<JobOutcome>;

/** Work that needs more than an engine. */
export interface WritingWork {
  readonly train: WorkOf<'train'>;
  readonly embed: WorkOf<'embed'>;
  readonly erase: WorkOf<'erase'>;
}

/** The work of every type of job. */
export function jobWork(parts: JobEngineParts, { train, embed, erase }: WritingWork): JobWork {
  const works: { readonly [T in JobType]: WorkOf<T> } = {
    train,
    embed,
    erase,
    recommend: (run) => recommendUsers(parts, run),
    evaluate: (run) => evaluateSurface(parts, run),
    diff: (run) => diffScorer(parts, run),
  };
  // A record by type, which the compiler cannot follow through the look-up.
  return (run) => (works[run.request.type] as WorkOf<JobType>)(run as JobRun<never>);
}
