import { bayesianFmOf, bayesianFmProbabilities, deepFmOf, openDeepFm } from '@attune/algorithms';
import type { GraphPort } from '@attune/sdk';
import { openedOnce } from '../models/opened-once.js';
import type { ModelSource } from '../models/shared-model.js';
import { partsOf, type OpenedClicks } from './click-model.js';

/** Opens what the trainer `bayesian-fm` made. */
export function openBayesianFm(source: ModelSource): Promise<OpenedClicks> {
  const model = bayesianFmOf(partsOf(source, 'bayesian-fm'));
  return Promise.resolve({ ask: (cases) => bayesianFmProbabilities(model, cases), close: () => Promise.resolve() });
}

/** Opens what the trainer `deepfm` made, a graph, once for all who open the same artifact. */
export const openDeepFmClicks = openedOnce(async (source: ModelSource, graphs: GraphPort): Promise<OpenedClicks> => {
  const scorer = await openDeepFm(deepFmOf(partsOf(source, 'deepfm')), graphs);
  return { ask: (cases) => scorer.probabilities(cases), close: () => scorer.close() };
});
