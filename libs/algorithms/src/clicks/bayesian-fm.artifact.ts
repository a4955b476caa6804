import type { Artifact, ArtifactArray, Json } from '../artifact.codec.js';
import type { BayesianFmModel } from './bayesian-fm.model.js';
import type { FieldLayout, PlacedField } from './field.layout.js';

const NAME = 'bayesian-fm';

/** A model as data, to be stored under its digest. Whoever stores it adds `ids`, such as the texts of categories. */
export function bayesianFmArtifact({ layout, samples }: BayesianFmModel): Artifact {
  const { fields, rows, width } = layout;
  const { dims } = samples[0]!;
  const weights = new Float32Array(samples.length * rows);
  const factors = new Float32Array(samples.length * rows * dims);
  samples.forEach((machine, at) => {
    weights.set(machine.weights, at * rows);
    factors.set(machine.factors, at * rows * dims);
  });
  const places = fields.map((field, at) => [placesName(at), field.places] as const);
  const known = places.filter((one): one is readonly [string, Int32Array] => one[1] !== undefined);
  return {
    name: NAME,
    meta: {
      dims,
      rows,
      width,
      fields: fields.map(({ cold, slots, mean, deviation }) => ({ cold, slots, mean, deviation })),
    },
    arrays: { biases: Float64Array.from(samples, ({ bias }) => bias), weights, factors, ...Object.fromEntries(known) },
    ids: {},
  };
}

const placesName = (field: number): string => `places${field}`;

/** What `bayesianFmArtifact` told of; arrays are views. Throws RangeError for an artifact of something else. */
export function bayesianFmOf({ name, meta, arrays }: Artifact): BayesianFmModel {
  if (name !== NAME) throw new RangeError(`an artifact of ${name} is no ${NAME}`);
  const { dims, ...table } = meta as unknown as Meta;
  const fields = table.fields.map((field, at) => {
    const places = arrays[placesName(at)];
    return { ...field, places: places instanceof Int32Array ? places : undefined };
  });
  const layout = { ...table, fields };
  const { rows } = layout;
  const { biases, weights, factors } = arrays as Readonly<Record<string, ArtifactArray>>;
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

interface Meta extends Omit<FieldLayout, 'fields'> {
  readonly dims: number;
  readonly fields: readonly (Omit<PlacedField, 'places'> & Record<string, Json>)[];
}
