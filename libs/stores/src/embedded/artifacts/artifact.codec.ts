import type { ArtifactDraft, JsonValue, TypedArray } from '@attune/sdk';

/** An artifact as bytes hold it. */
export interface ArtifactContent {
  readonly name: string;
  readonly meta: Readonly<Record<string, JsonValue>>;
  readonly arrays: Readonly<Record<string, TypedArray | Int16Array | Uint16Array>>;
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

/** The artifact format, handed in: the store keeps bytes and does not know how models are trained. */
export interface ArtifactCodec {
  /** Equal content gives equal bytes. */
  encode(content: ArtifactContent): Uint8Array;
  /** Arrays are views of `bytes`, which start on a multiple of 8. Throws an Error with one line for damaged bytes. */
  decode(bytes: Uint8Array): ArtifactContent;
}

/** What of a draft is stored: its evaluation decides whether it is, and says nothing about the weights. */
export function contentOf(name: string, { meta, arrays, ids }: ArtifactDraft): ArtifactContent {
  return { name, meta, arrays, ids };
}
