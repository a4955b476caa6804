import { vocabularyOf, type Artifact, type JsonValue, type TypedArray, type Vocabulary } from '@attune/sdk';
import type { ArtifactContent } from './artifact.codec.js';

/** A decoded artifact: its arrays are views of the file's bytes, its vocabularies are built once. */
export class OpenedArtifact implements Artifact {
  private readonly vocabularies = new Map<string, Vocabulary>();

  constructor(
    readonly digest: string,
    private readonly content: ArtifactContent,
  ) {}

  get name(): string {
    return this.content.name;
  }

  get meta(): Readonly<Record<string, JsonValue>> {
    return this.content.meta;
  }

  get contents(): { readonly arrays: readonly string[]; readonly ids: readonly string[] } {
    return { arrays: Object.keys(this.content.arrays), ids: Object.keys(this.content.ids) };
  }

  readonly floats = (name: string): Float32Array => {
    const array = this.array(name);
    if (array instanceof Float32Array) return array;
    throw this.wrong(`array '${name}' holds ${array.constructor.name}, not Float32Array`);
  };

  readonly ints = (name: string): Int32Array => {
    const array = this.array(name);
    if (array instanceof Int32Array) return array;
    throw this.wrong(`array '${name}' holds ${array.constructor.name}, not Int32Array`);
  };

  readonly array = (name: string): TypedArray => {
    const array = Object.hasOwn(this.content.arrays, name) ? this.content.arrays[name] : undefined;
    if (array === undefined) throw this.wrong(`there is no array '${name}'`);
    if (array instanceof Int16Array || array instanceof Uint16Array)
      throw this.wrong(`array '${name}' holds ${array.constructor.name}, which plugins do not read`);
    return array;
  };

  readonly ids = (name: string): Vocabulary => {
    let vocabulary = this.vocabularies.get(name);
    if (vocabulary !== undefined) return vocabulary;
    const ids = Object.hasOwn(this.content.ids, name) ? this.content.ids[name] : undefined;
    if (ids === undefined) throw this.wrong(`there is no id list '${name}'`);
    this.vocabularies.set(name, (vocabulary = vocabularyOf(ids)));
    return vocabulary;
  };

  private wrong(what: string): TypeError {
    return new TypeError(`artifact ${this.name} (${this.digest.slice(0, 12)}): ${what}; train it with this release`);
  }
}
