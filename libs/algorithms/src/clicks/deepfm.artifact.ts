import type { Artifact } from '../artifact.codec.js';
import type { DeepFmModel } from './deepfm.model.js';
import { layoutOfParts, layoutParts } from './field-layout.artifact.js';

const NAME = 'deepfm';

/** A model as data, to be stored under its digest. Whoever stores it adds `ids`, such as the texts of categories. */
export function deepFmArtifact({ layout, shape, parameters }: DeepFmModel): Artifact {
  const { meta, arrays } = layoutParts(layout);
  const { dims, hidden } = shape;
  return { name: NAME, meta: { dims, hidden: [...hidden], ...meta }, arrays: { parameters, ...arrays }, ids: {} };
}

/** What `deepFmArtifact` told of; arrays are views. Throws RangeError for an artifact of something else. */
export function deepFmOf(artifact: Artifact): DeepFmModel {
  if (artifact.name !== NAME) throw new RangeError(`an artifact of ${artifact.name} is no ${NAME}`);
  const layout = layoutOfParts(artifact);
  const { parameters } = artifact.arrays;
  if (!(parameters instanceof Float32Array)) throw new RangeError(`an artifact of ${NAME} lacks parameters`);
  const { dims, hidden } = artifact.meta as unknown as DeepFmModel['shape'];
  const slots = layout.fields.map((field) => field.slots);
  return { layout, shape: { rows: layout.rows, slots, dims, hidden }, parameters };
}
