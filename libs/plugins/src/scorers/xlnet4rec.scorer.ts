import { defineScorer } from '@attune/sdk';
import { xlnet4RecModel } from '../models/transformers.js';
import { GRAPH_STEP, scoreByGraph, trainedOptions } from '../models/trained-steps.js';

/**
 * The chance, 0..1, that each candidate is next by a transformer in permuted order (after Yang et al. 2019), asked
 * at request time after what the user took up, or after the request's seeds; weights do not count, order does. Waits for
 * the artifact; abstains on items, users and seeds unknown to the model.
 */
export const xlnet4RecScorer = defineScorer({
  id: 'xlnet4rec',
  version: '1.0.0',
  config: trainedOptions('xlnet4rec'),
  ...GRAPH_STEP,
  setup: scoreByGraph(xlnet4RecModel),
});
