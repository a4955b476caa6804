import type { RequestNeed } from '@attune/sdk';
import type { CandidateNeeds } from '../slate/gather.js';
import type { RetrieveStep } from '../stages/retrieve.js';
import type { Step } from '../runtime/step.js';

/** A surface ready to serve: every step set up, what to gather worked out. */
export interface Pipeline {
  readonly surface: string;
  /** Hash of the whole pipeline as data, of every step's digest and of the spaces: with another metric it is another. */
  readonly digest: string;
  readonly deadlineMs: number;
  readonly retrieve: readonly RetrieveStep[];
  readonly filter: readonly Step<'filter'>[];
  readonly score: readonly Step<'scorer'>[];
  readonly rank: Step<'ranker'>;
  readonly rerank: readonly Step<'reranker'>[];
  /** Candidates the re-rankers want to see, at least `limit`. */
  readonly depth: (limit: number) => number;
  /** The first that has a reason for an item gives it. */
  readonly explain: readonly Step<'explainer'>[];
  readonly fallback: RetrieveStep;
  readonly needs: {
    /** What of the person somebody wants to know. */
    readonly person: ReadonlySet<RequestNeed>;
    readonly filter: CandidateNeeds;
    readonly score: CandidateNeeds;
    readonly head: CandidateNeeds;
  };
}
