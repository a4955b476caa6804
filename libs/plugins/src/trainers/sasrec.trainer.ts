import { fitSasRec } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { sasRecModel } from '../models/transformers.js';
import { learnOnceBy } from '../exams/learn-by.js';
import { learnTransformer } from './learn-transformer.js';
import { transformerOptions } from './transformer-options.js';

/**
 * SASRec (Kang and McAuley 2018): a causal transformer that at each item of a sequence tells the next.
 * Artifact: array `parameters`, ids `items`; nothing of a user. Refused where it fails its gate; users held out for that
 * are not learned from. Throws where there is nothing to learn from.
 */
export const sasRecTrainer = defineTrainer({
  id: 'sasrec',
  version: '1.0.0',
  config: transformerOptions,
  setup: learnOnceBy(sasRecModel, learnTransformer(fitSasRec)),
});
