import type { Batch, HostPorts, Retrieved, View } from '@attune/sdk';
import { z } from 'zod';
import { foldInOptions, type FoldInOptions } from './folded.model.js';
import type { ModelOf } from './shared-model.js';

/** Options of the steps of a trained model, whose artifact is named like its trainer. */
export const trainedOptions = (trainer: string) =>
  foldInOptions.extend({
    /** Name of the model: the artifact of the trainer of this id. */
    artifact: z.string().default(trainer),
  });

interface TrainedOptions extends FoldInOptions {
  readonly artifact: string;
}
type Ports = Pick<HostPorts, 'artifacts'>;
type Requests = readonly View<'history'>[];

/** Set-up of a retriever that proposes by such a model. */
export const retrieveBy =
  (modelOf: ModelOf) =>
  async ({ artifact, ...options }: TrainedOptions, { artifacts }: Ports) => {
    const model = modelOf(await artifacts.open(artifact));
    return {
      retrieve: (requests: Requests, limit: number): Promise<readonly Retrieved[]> =>
        Promise.all(requests.map((request) => model.retrieve(request, limit, options))),
    };
  };

/** Set-up of a scorer by such a model. */
export const scoreBy =
  (modelOf: ModelOf) =>
  async ({ artifact, ...options }: TrainedOptions, { artifacts }: Ports) => {
    const model = modelOf(await artifacts.open(artifact));
    return { score: (batch: Batch<'history'>, out: Float32Array): void => model.score(batch, out, options) };
  };
