import { defineRanker, PortError, type Artifact } from '@attune/sdk';
import { z } from 'zod';
import { learnedOrder, orderBy } from '../models/learned-order.model.js';
import { weightedOptions, weightedSum } from './weighted-sum.js';

const options = z.strictObject({
  /** Name of the model: the artifact of the trainer of this id. */
  artifact: z.string().default('lambdamart'),
  /** How columns are weighed until there is a model: terms of the `weighted` ranker. */
  until: weightedOptions,
});

/**
 * The order that LambdaMART (Burges 2010) learned from what was bought of what the pipeline proposed: trees over all columns, each
 * as it is and beside the largest of the request. Contributions are the columns' parts of the trees' score (Saabas 2014) and add
 * up to it. `personalize` and the query's intent do not change it. Until a model is promoted, and where the pipeline lacks a column
 * that the model learned from, it is the weighted sum of `until`.
 */
export const lambdaMartRanker = defineRanker({
  id: 'lambdamart',
  version: '1.0.0',
  config: options,
  needs: ['query'],
  uses: ['artifacts'],
  setup: async ({ artifact, until }, { artifacts }) => {
    const trained = await artifacts.open(artifact).catch(noneYet);
    const model = trained && learnedOrder(trained);
    return {
      reads: Object.keys(until),
      rank: (batch, columns) =>
        model?.columns.every((name) => columns.has(name)) === true
          ? orderBy(model, batch.offsets, columns)
          : weightedSum(until, batch, columns),
    };
  },
});

function noneYet(error: unknown): Artifact | undefined {
  if (error instanceof PortError && error.code === 'ARTIFACT_MISSING') return undefined;
  throw error;
}
