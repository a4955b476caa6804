import { fitBert4Rec } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { bert4RecModel } from '../models/transformers.js';
import { learnOnceBy } from '../exams/learn-by.js';
import { learnTransformer } from './learn-transformer.js';
import { transformerOptions } from './transformer-options.js';

/**
 * BERT4Rec (Sun et al. 2019): a transformer that tells hidden items from both sides. It wants more epochs than `sasrec`.
 * Artifact: array `parameters`, ids `items`; nothing of a user. Refused where it fails its gate; users held out for that
 * are not learned from. Throws where there is nothing to learn from.
 */
export const bert4RecTrainer = defineTrainer({
  id: 'bert4rec',
  version: '1.0.0',
  config: transformerOptions,
  setup: learnOnceBy(bert4RecModel, learnTransformer(fitBert4Rec)),
});
