import type { Batch, Call, HostPorts } from '@attune/sdk';
import { z } from 'zod';
import { ratedOptions, type PredictedRatings } from './rating.model.js';
import type { ModelOf } from './shared-model.js';

/** Options of the scorer of a model of ratings, whose artifact is named like its trainer. */
export const ratingOptions = (trainer: string) =>
  ratedOptions.extend({
    /** Name of the model: the artifact of the trainer of this id. */
    artifact: z.string().default(trainer),
  });
type RatingOptions = z.output<ReturnType<typeof ratingOptions>>;

/** Set-up of a scorer by such a model. */
export const rateBy =
  (modelOf: ModelOf<PredictedRatings>) =>
  async ({ artifact, ...options }: RatingOptions, { artifacts }: Pick<HostPorts, 'artifacts'>) => {
    const model = modelOf(await artifacts.open(artifact));
    return {
      score: (batch: Batch<'history'>, out: Float32Array, call: Call): Promise<void> =>
        model.score(batch, out, options, call),
    };
  };
