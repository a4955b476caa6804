import type { Vocabulary } from '../blocks/vocabulary.js';
import type { JsonValue } from '../data/json.js';
import type { TypedArray } from '../plugin/training.js';

/** A trained model: arrays and vocabularies by name, read only. */
export interface Artifact {
  readonly name: string;
  /** Hash of the content: the same weights have the same digest. */
  readonly digest: string;
  readonly meta: Readonly<Record<string, JsonValue>>;
  /** Names of its arrays and of its id lists. */
  readonly contents: { readonly arrays: readonly string[]; readonly ids: readonly string[] };
  /** Throws where the artifact has no such array of that type. */
  floats(name: string): Float32Array;
  ints(name: string): Int32Array;
  array(name: string): TypedArray;
  ids(name: string): Vocabulary;
}

/** Opens the promoted artifact of a name. A plugin that opened one is set up again when another is promoted. */
export interface ArtifactsPort {
  /** Rejects with `ARTIFACT_MISSING` where none is promoted yet: the step then waits, and says so in `degraded`. */
  open(name: string): Promise<Artifact>;
}
