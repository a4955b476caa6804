import { defineScorer } from '@attune/sdk';
import { z } from 'zod';
import { foldInOptions } from '../models/folded.model.js';
import { IndexedAdapter } from '../models/indexed-adapter.model.js';
import { ADAPTED_SPACE, ADAPTER_ALIAS } from '../models/text-adapter.model.js';
import { scoreVectors } from '../taste/mean-vector.js';

const options = foldInOptions.extend({
  /**
   * Added to items that the model did not learn from: they are taken up more than their cosines say, at the cost of places of
   * the others. 0.08 suited Amazon Office.
   */
  newItemLift: z.number().min(-1).max(1).default(0),
});

/**
 * How near each candidate's text, adapted to what people do (`train: [{ use: text-adapter, index: true }]`), is to what the user
 * took up lately, or to the request's seeds: cosines, -1 to 1, larger is nearer. Waits for the artifact; abstains on items
 * without a vector, and where nothing that was taken up has one.
 */
export const textAdapterScorer = defineScorer({
  id: 'text-adapter',
  version: '1.0.0',
  config: options,
  needs: ['history'],
  uses: ['artifacts', 'itemVectors'],
  itemVectors: [ADAPTED_SPACE],
  traits: { coldUser: false },
  async setup({ newItemLift, ...asked }, { artifacts, itemVectors }) {
    const artifact = await artifacts.open(ADAPTER_ALIAS);
    const model = await IndexedAdapter.open(artifact, itemVectors);
    const learned = artifact.ids('items');
    return {
      async score({ requests, offsets, candidates }, out, call) {
        const queries = await Promise.all(requests.map((request) => model.queryOf(request, asked)));
        if (call.deadline.signal.aborted) return;
        const rows = candidates.rows(learned);
        queries.forEach((query, r) => {
          if (query === undefined) return;
          const range = { start: offsets[r]!, end: offsets[r + 1]! };
          scoreVectors(query, candidates.itemVectors[ADAPTED_SPACE], out, range);
          for (let c = range.start; c < range.end; c++) if (rows[c] === -1) out[c]! += newItemLift;
        });
      },
    };
  },
});
