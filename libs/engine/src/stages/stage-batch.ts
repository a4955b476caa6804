import type { Batch, Candidates, Need } from '@attune/sdk';
import type { Step } from '../runtime/step.js';
import type { RequestContext } from '../slate/request-context.js';

/** A batch before it is handed to one step. */
export interface StageBatch {
  readonly requests: readonly RequestContext[];
  readonly offsets: Uint32Array;
  readonly candidates: Candidates<Need, string>;
}

/** The batch as one step sees it: its requests draw numbers of its own. */
export const batchFor = (step: Step, { requests, offsets, candidates }: StageBatch): Batch<Need, string> => ({
  requests: requests.map((request) => request.forStep(step.name)),
  offsets,
  candidates,
});
