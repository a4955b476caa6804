import { defineRetriever } from '@attune/sdk';
import { z } from 'zod';
import { itemKnnModel } from '../models/item-knn.model.js';
import { foldInOptions } from '../models/folded.model.js';

/**
 * Items by item-based neighbors (Sarwar et al. 2001), folded in at request time from what the user
 * took up, or from the request's seeds. Scores are interests above 0, without unit. Waits for the artifact; proposes
 * nothing for a user (or seeds) unknown to the model.
 */
export const itemKnnRetriever = defineRetriever({
  id: 'item-knn',
  version: '1.0.0',
  config: foldInOptions.extend({
    /** Name of the model: the artifact of the trainer of this id. */
    artifact: z.string().default('item-knn'),
  }),
  needs: ['history'],
  uses: ['artifacts'],
  traits: { coldUser: false, coldItem: false, memory: 'resident' },
  async setup({ artifact, ...options }, { artifacts }) {
    const model = itemKnnModel(await artifacts.open(artifact));
    return { retrieve: (requests, limit) => requests.map((request) => model.retrieve(request, limit, options)) };
  },
});
