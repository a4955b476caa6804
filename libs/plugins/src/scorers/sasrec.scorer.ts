import { defineScorer } from '@attune/sdk';
import { sasRecModel } from '../models/transformers.js';
import { GRAPH_STEP, scoreByGraph, trainedOptions } from '../models/trained-steps.js';

/**
 * The chance, 0..1, that each candidate is next by SASRec (Kang and McAuley 2018), asked
 * at request time after what the user took up, or after the request's seeds; weights do not count, order does. Waits for
 * the artifact; abstains on items, users and seeds unknown to the model.
 */
export const sasRecScorer = defineScorer({
  id: 'sasrec',
  version: '1.0.0',
  config: trainedOptions('sasrec'),
  ...GRAPH_STEP,
  setup: scoreByGraph(sasRecModel),
});
