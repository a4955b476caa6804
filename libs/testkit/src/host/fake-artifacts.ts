import {
  PortError,
  vocabularyOf,
  type Artifact,
  type ArtifactDraft,
  type ArtifactsPort,
  type TypedArray,
} from '@attune/sdk';
import { hashText } from '../worlds/seeded.js';

/** An artifact in memory, as a store would hand it out. */
export function artifactOf(name: string, draft: ArtifactDraft): Artifact {
  const vocabularies = new Map(Object.entries(draft.ids).map(([key, ids]) => [key, vocabularyOf(ids)]));
  const array = (key: string): TypedArray => present(draft.arrays[key], name, `array ${key}`);
  return {
    name,
    digest: digestOf(draft),
    meta: draft.meta,
    contents: { arrays: Object.keys(draft.arrays), ids: Object.keys(draft.ids) },
    array,
    floats: (key) => ofType(array(key), Float32Array, `${name}: array ${key} is not a Float32Array`),
    ints: (key) => ofType(array(key), Int32Array, `${name}: array ${key} is not an Int32Array`),
    ids: (key) => present(vocabularies.get(key), name, `id list ${key}`),
  };
}

/** Opens drafts by name; rejects with `ARTIFACT_MISSING` for any other. */
export function fakeArtifacts(drafts: ReadonlyMap<string, ArtifactDraft>): ArtifactsPort {
  const opened = new Map<string, Artifact>();
  return {
    async open(name) {
      const known = opened.get(name);
      if (known !== undefined) return known;
      const draft = drafts.get(name);
      if (draft === undefined) {
        throw new PortError(
          'ARTIFACT_MISSING',
          `no artifact ${name}; contract options take { artifacts } or { trainers }`,
        );
      }
      const artifact = artifactOf(name, draft);
      opened.set(name, artifact);
      return artifact;
    },
  };
}

function present<T>(value: T | undefined, artifact: string, what: string): T {
  if (value === undefined) throw new RangeError(`artifact ${artifact} has no ${what}`);
  return value;
}

function ofType<T extends TypedArray>(array: TypedArray, type: new (...args: never[]) => T, message: string): T {
  if (!(array instanceof type)) throw new TypeError(message);
  return array;
}

function digestOf({ meta, arrays, ids }: ArtifactDraft): string {
  const content = JSON.stringify([
    meta,
    Object.entries(arrays).map(([key, values]) => [key, Array.from(values, String)]),
    ids,
  ]);
  return hashText(content).toString(16).padStart(8, '0');
}
