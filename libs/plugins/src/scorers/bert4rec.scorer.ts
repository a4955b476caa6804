import { defineScorer } from '@attune/sdk';
import { bert4RecModel } from '../models/transformers.js';
import { GRAPH_STEP, scoreByGraph, trainedOptions } from '../models/trained-steps.js';

/**
 * The chance, 0..1, that each candidate is next by BERT4Rec (Sun et al. 2019), asked
 * at request time after what the user took up, or after the request's seeds; weights do not count, order does. Waits for
 * the artifact; abstains on items, users and seeds unknown to the model.
 */
export const bert4RecScorer = defineScorer({
  id: 'bert4rec',
  version: '1.0.0',
  config: trainedOptions('bert4rec'),
  ...GRAPH_STEP,
  setup: scoreByGraph(bert4RecModel),
});
