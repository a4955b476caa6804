import { defineRetriever } from '@attune/sdk';
import { xlnet4RecModel } from '../models/transformers.js';
import { GRAPH_STEP, retrieveByGraph, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by a transformer in permuted order (after Yang et al. 2019), asked
 * at request time after what the user took up, or after the request's seeds; weights do not count, order does. Scores are
 * chances, 0..1. Waits for the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const xlnet4RecRetriever = defineRetriever({
  id: 'xlnet4rec',
  version: '1.0.0',
  config: trainedOptions('xlnet4rec'),
  ...GRAPH_STEP,
  setup: retrieveByGraph(xlnet4RecModel),
});
