import { fitXlnet4Rec } from '@attune/algorithms';
import { defineTrainer } from '@attune/sdk';
import { xlnet4RecModel } from '../models/transformers.js';
import { learnOnceBy } from '../exams/learn-by.js';
import { learnTransformer } from './learn-transformer.js';
import { transformerOptions } from './transformer-options.js';

/**
 * A transformer that learns to tell items in permuted order (after Yang et al. 2019).
 * Artifact: array `parameters`, ids `items`; nothing of a user. Refused where it fails its gate; users held out for that
 * are not learned from. Throws where there is nothing to learn from.
 */
export const xlnet4RecTrainer = defineTrainer({
  id: 'xlnet4rec',
  version: '1.0.0',
  config: transformerOptions,
  setup: learnOnceBy(xlnet4RecModel, learnTransformer(fitXlnet4Rec)),
});
