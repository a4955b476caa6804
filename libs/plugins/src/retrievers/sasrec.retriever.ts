import { defineRetriever } from '@attune/sdk';
import { sasRecModel } from '../models/transformers.js';
import { GRAPH_STEP, retrieveByGraph, trainedOptions } from '../models/trained-steps.js';

/**
 * Items by SASRec (Kang and McAuley 2018), asked
 * at request time after what the user took up, or after the request's seeds; weights do not count, order does. Scores are
 * chances, 0..1. Waits for the artifact; proposes nothing for a user (or seeds) unknown to the model.
 */
export const sasRecRetriever = defineRetriever({
  id: 'sasrec',
  version: '1.0.0',
  config: trainedOptions('sasrec'),
  ...GRAPH_STEP,
  setup: retrieveByGraph(sasRecModel),
});
