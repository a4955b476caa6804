import { normalizeRows, rowProducts, topK } from '@attune/numeric';
import { defineRetriever, NOTHING_RETRIEVED, type Retrieved, type RequestCore, type Vocabulary } from '@attune/sdk';
import { z } from 'zod';
import { eachRequest } from '../foreign/each-request.js';
import { openForeign, requestInputs, singleRows, type ForeignModel } from '../foreign/foreign-model.js';
import { FOREIGN } from '../foreign/foreign-model.schema.js';

/**
 * Items nearest to the user by a model made elsewhere: an ONNX graph imported by `attune models import` makes a vector of
 * the user, and every item has one. Scores are dot products, or cosines, as the declaration says. Proposes nothing for
 * users that the declaration has it abstain on, and for those that the graph does not run with. Waits for the model.
 */
export const onnxUserEncoderRetriever = defineRetriever({
  id: 'onnx-user-encoder',
  version: '1.0.0',
  config: z.strictObject({
    /** Name under which the model was imported. */
    model: z.string().min(1).max(200),
  }),
  needs: ['history', 'user', 'context', 'query'],
  uses: ['artifacts', 'graphs', 'embed'],
  traits: { coldItem: false, memory: 'resident' },
  setup: async ({ model }, { artifacts, graphs, embed }) => {
    const opened = await openForeign(model, 'user-encoder', { artifacts, graphs });
    const { vocabulary, declaration } = opened;
    const { firstRow, coldUser } = declaration;
    const feeding = { vocabulary, firstRow, coldUser, embed };
    const vectors = itemVectorsOf(opened);
    return {
      retrieve: async (requests, limit, call) => {
        const found: Retrieved[] = requests.map(() => NOTHING_RETRIEVED);
        await eachRequest(requests, call, async (view, r) => {
          const filled = await requestInputs(opened.ofRequests, view, feeding, call);
          const user = filled && (await opened.session.run(singleRows(filled)))[declaration.user.output]!;
          const encoded = { user: user && unitFor(declaration.metric, user), vectors, vocabulary };
          found[r] = await nearest(encoded, view, limit);
        });
        return found;
      },
      dispose: () => opened.session.close(),
    };
  },
});

/** Vectors of the items, of length 1 where cosines are asked for. */
function itemVectorsOf({ artifact, declaration, dims }: ForeignModel<'user-encoder'>): Float32Array {
  const vectors = artifact.floats(FOREIGN.vectors);
  if (declaration.metric === 'dot') return vectors;
  const unit = vectors.slice();
  normalizeRows(unit, dims);
  return unit;
}

function unitFor(metric: 'dot' | 'cosine', user: Float32Array): Float32Array {
  if (metric === 'dot') return user;
  const unit = user.slice();
  normalizeRows(unit, unit.length);
  return unit;
}

interface Encoded {
  /** `[dims]`; undefined where there is nothing to go by. */
  readonly user: Float32Array | undefined;
  /** `[vocabulary.size × dims]` */
  readonly vectors: Float32Array;
  readonly vocabulary: Vocabulary;
}

/** The `limit` items nearest to the user that the request may be shown and does not itself name, best first. */
async function nearest(
  { user, vectors, vocabulary }: Encoded,
  request: RequestCore,
  limit: number,
): Promise<Retrieved> {
  if (user === undefined || !user.every(Number.isFinite)) return NOTHING_RETRIEVED;
  const allowed = await request.allowed(vocabulary);
  const seeds = new Set(request.itemIds.map((id) => vocabulary.row(id)));
  const scores = rowProducts(vectors, user);
  const rows = topK(scores, limit + seeds.size, allowed).filter((row) => !seeds.has(row));
  const best = Array.from(rows.subarray(0, limit));
  return { ids: best.map((row) => vocabulary.id(row)), scores: Float32Array.from(best, (row) => scores[row]!) };
}
