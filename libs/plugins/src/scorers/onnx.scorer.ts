import { defineScorer, type Batch, type Call, type GraphFeed } from '@attune/sdk';
import { z } from 'zod';
import { candidateValues, type CandidateFeeding, type CandidateValues } from '../foreign/candidate-feeds.js';
import { eachRequest } from '../foreign/each-request.js';
import { openForeign, requestInputs, type FedInput, type ForeignModel } from '../foreign/foreign-model.js';
import { graphInput, repeated } from '../foreign/graph-input.js';
import type { FeedNeed, RequestFeeding } from '../foreign/request-feeds.js';

type ScorerBatch = Batch<FeedNeed | 'items'>;
type Feeding = CandidateFeeding & RequestFeeding;

/**
 * The score of a model made elsewhere: an ONNX graph imported by `attune models import`, fed as its declaration says, one
 * run a request with all its candidates. Abstains on candidates that the model does not know, where the declaration has
 * it abstain on a user, on requests that the graph does not run with, and where it gives no finite number. Waits for the
 * model.
 */
export const onnxScorer = defineScorer({
  id: 'onnx',
  version: '1.0.0',
  config: z.strictObject({
    /** Name under which the model was imported. */
    model: z.string().min(1).max(200),
  }),
  needs: ['history', 'user', 'context', 'query', 'items'],
  uses: ['artifacts', 'graphs', 'embed', 'itemVectors'],
  traits: { memory: 'resident' },
  setup: async ({ model }, { artifacts, graphs, embed, itemVectors }) => {
    const opened = await openForeign(model, 'scorer', { artifacts, graphs });
    const { vocabulary, declaration } = opened;
    const { firstRow, coldUser } = declaration;
    const feeding = { vocabulary, firstRow, coldUser, embed, itemVectors };
    return {
      score: (batch, out, call) => scoreBatch(opened, feeding, { batch, out }, call),
      dispose: () => opened.session.close(),
    };
  },
});

async function scoreBatch(
  model: ForeignModel<'scorer'>,
  feeding: Feeding,
  { batch, out }: { readonly batch: ScorerBatch; readonly out: Float32Array },
  call: Call,
): Promise<void> {
  const ofCandidates = new Map<FedInput, CandidateValues>();
  for (const input of model.ofCandidates)
    ofCandidates.set(input, await candidateValues(input.feed, batch.candidates, feeding));
  await eachRequest(batch.requests, call, async (view, r) => {
    const known = knownBetween([...ofCandidates.values()], batch.offsets[r]!, batch.offsets[r + 1]!);
    if (known.length === 0) return;
    const ofRequest = await requestInputs(model.ofRequests, view, feeding, call);
    if (ofRequest === undefined || call.deadline.signal.aborted) return;
    const scores = await scoresOf(model, { ofRequest, ofCandidates, known });
    if (call.deadline.signal.aborted) return;
    known.forEach((c, place) => {
      if (Number.isFinite(scores[place])) out[c] = scores[place]!;
    });
  });
}

/** Candidates `start..end` of which every feed knows something. */
function knownBetween(feeds: readonly CandidateValues[], start: number, end: number): readonly number[] {
  const known: number[] = [];
  for (let c = start; c < end; c++) {
    if (feeds.every(({ width, data }) => !Number.isNaN(data[c * width]))) known.push(c);
  }
  return known;
}

interface OneRequest {
  readonly ofRequest: ReadonlyMap<FedInput, ArrayLike<number>>;
  readonly ofCandidates: ReadonlyMap<FedInput, CandidateValues>;
  readonly known: readonly number[];
}

/** Scores of the known candidates of one request `[known]`. */
async function scoresOf(
  { session, declaration }: ForeignModel<'scorer'>,
  { ofRequest, ofCandidates, known }: OneRequest,
): Promise<ArrayLike<number>> {
  const feeds: Record<string, GraphFeed> = {};
  for (const [input, values] of ofRequest) {
    const isOnce = 'once' in input.feed && input.feed.once;
    feeds[input.name] = graphInput(input, isOnce ? values : repeated(values, known.length), values.length);
  }
  for (const [input, { width, data }] of ofCandidates) {
    const rows = new Float64Array(known.length * width);
    known.forEach((c, place) => {
      for (let d = 0; d < width; d++) rows[place * width + d] = data[c * width + d]!;
    });
    feeds[input.name] = graphInput(input, rows, width);
  }
  const { output, column } = declaration.score;
  const found = (await session.run(feeds))[output]!;
  const columns = found.length / known.length;
  return known.map((_, place) => found[place * columns + column]!);
}
