import type { Batch, Call, HostPorts, Retrieved, View } from '@attune/sdk';
import { z } from 'zod';
import { foldInOptions, type FoldedModel, type FoldInOptions } from './folded.model.js';
import type { ModelOf } from './shared-model.js';
import type { OpenModel } from './opened-model.js';

/** Options of the steps of a trained model, whose artifact is named like its trainer. */
export const trainedOptions = (trainer: string) =>
  foldInOptions.extend({
    /** Name of the model: the artifact of the trainer of this id. */
    artifact: z.string().default(trainer),
  });

/** What such a step declares. */
export const TRAINED_STEP = {
  needs: ['history'],
  uses: ['artifacts'],
  traits: { coldUser: false, coldItem: false, memory: 'resident' },
} as const;

interface TrainedOptions extends FoldInOptions {
  readonly artifact: string;
}
type Ports = Pick<HostPorts, 'artifacts'>;
type GraphPorts = Pick<HostPorts, 'artifacts' | 'graphs'>;
type Requests = readonly View<'history'>[];

/** Set-up of a retriever that proposes by such a model. */
export const retrieveBy =
  (modelOf: ModelOf) =>
  async ({ artifact, ...options }: TrainedOptions, { artifacts }: Ports) =>
    retrieving(modelOf(await artifacts.open(artifact)), options);

/** Set-up of a scorer by such a model. */
export const scoreBy =
  (modelOf: ModelOf) =>
  async ({ artifact, ...options }: TrainedOptions, { artifacts }: Ports) =>
    scoring(modelOf(await artifacts.open(artifact)), options);

/** What a step of a model that runs graphs declares. */
export const GRAPH_STEP = {
  ...TRAINED_STEP,
  uses: ['artifacts', 'graphs'],
  traits: { ...TRAINED_STEP.traits, tier: 'sequence' },
} as const;

/** As `retrieveBy`, where the model runs graphs. */
export const retrieveByGraph =
  (open: OpenModel) =>
  async ({ artifact, ...options }: TrainedOptions, { artifacts, graphs }: GraphPorts) => {
    const { model, close } = await open(await artifacts.open(artifact), graphs);
    return { ...retrieving(model, options), dispose: close };
  };

/** As `scoreBy`, where the model runs graphs. */
export const scoreByGraph =
  (open: OpenModel) =>
  async ({ artifact, ...options }: TrainedOptions, { artifacts, graphs }: GraphPorts) => {
    const { model, close } = await open(await artifacts.open(artifact), graphs);
    return { ...scoring(model, options), dispose: close };
  };

const retrieving = (model: FoldedModel, options: FoldInOptions) => ({
  retrieve: (requests: Requests, limit: number, call: Call): Promise<readonly Retrieved[]> =>
    model.retrieve(requests, limit, options, call),
});

const scoring = (model: FoldedModel, options: FoldInOptions) => ({
  score: (batch: Batch<'history'>, out: Float32Array, call: Call): Promise<void> =>
    model.score(batch, out, options, call),
});
