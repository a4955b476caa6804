import type { Artifact, ArtifactArray } from '../artifact.codec.js';
import type { BayesianFmModel } from './bayesian-fm.model.js';
import { layoutOfParts, layoutParts } from './field-layout.artifact.js';

const NAME = 'bayesian-fm';

/** A model as data, to be stored under its digest. Whoever stores it adds `ids`, such as the texts of categories. */
export function bayesianFmArtifact({ layout, samples }: BayesianFmModel): Artifact {
  const { rows } = layout;
  const { dims } = samples[0]!;
  const weights = new Float32Array(samples.length * rows);
  const factors = new Float32Array(samples.length * rows * dims);
  samples.forEach((machine, at) => {
    weights.set(machine.weights, at * rows);
    factors.set(machine.factors, at * rows * dims);
  });
  const { meta, arrays } = layoutParts(layout);
  return {
    name: NAME,
    meta: { dims, ...meta },
    arrays: { biases: Float64Array.from(samples, ({ bias }) => bias), weights, factors, ...arrays },
    ids: {},
  };
}

/** What `bayesianFmArtifact` told of; arrays are views. Throws RangeError for an artifact of something else. */
export function bayesianFmOf(artifact: Artifact): BayesianFmModel {
  if (artifact.name !== NAME) throw new RangeError(`an artifact of ${artifact.name} is no ${NAME}`);
  const layout = layoutOfParts(artifact);
  const { rows } = layout;
  const dims = Number(artifact.meta['dims']);
  const { biases, weights, factors } = artifact.arrays as Readonly<Record<string, ArtifactArray>>;
  if (!(biases instanceof Float64Array && weights instanceof Float32Array && factors instanceof Float32Array))
    throw new RangeError(`an artifact of ${NAME} lacks biases, weights or factors`);
  const samples = Array.from(biases, (bias, at) => ({
    layout,
    bias,
    weights: weights.subarray(at * rows, (at + 1) * rows),
    factors: factors.subarray(at * rows * dims, (at + 1) * rows * dims),
    dims,
  }));
  return { layout, samples };
}
