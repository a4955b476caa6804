import { defineScorer } from '@attune/sdk';
import { z } from 'zod';
import { ialsModel } from '../models/ials.model.js';
import { foldInOptions } from '../models/folded.model.js';

/**
 * Interest in each candidate by implicit ALS (Hu, Koren and Volinsky 2008), folded in at request time
 * from what the user took up, or from the request's seeds; around 0..1, larger is better. Waits for the artifact;
 * abstains on items, users and seeds unknown to the model.
 */
export const ialsScorer = defineScorer({
  id: 'ials',
  version: '1.0.0',
  config: foldInOptions.extend({
    /** Name of the model: the artifact of the trainer of this id. */
    artifact: z.string().default('ials'),
  }),
  needs: ['history'],
  uses: ['artifacts'],
  traits: { coldUser: false, coldItem: false, memory: 'resident' },
  async setup({ artifact, ...options }, { artifacts }) {
    const model = ialsModel(await artifacts.open(artifact));
    return { score: (batch, out) => model.score(batch, out, options) };
  },
});
