import { createHash } from 'node:crypto';
import type { estypes } from '@elastic/elasticsearch';
import { nameOf, type StoredSpace } from '../../embedded/items/vector.space.js';

/**
 * How neighbors are found: all compared, or by a graph over vectors as they are or in fewer bits; `by_size`: all compared
 * until a graph costs less, then by `int8_hnsw`.
 */
export type VectorSearch = 'by_size' | 'exact' | 'hnsw' | 'int8_hnsw' | 'bbq_hnsw';

/** What the server calls it; `by_size` as it begins. */
const INDEX_TYPES = {
  by_size: 'flat',
  exact: 'flat',
  hnsw: 'hnsw',
  int8_hnsw: 'int8_hnsw',
  bbq_hnsw: 'bbq_hnsw',
} as const;

const MAX_DIMS = 4096;

/** A space and its fields in the index: another model of the same space has others. */
export class VectorField {
  readonly name: string;
  /** Where the vector is kept as it was given, as base64 of 32-bit floats: quick to read, and the same in every bit. */
  readonly rawName: string;

  /** @throws RangeError for more dims than the index takes. */
  constructor(
    readonly space: StoredSpace,
    readonly search: VectorSearch,
  ) {
    const { id, digest, dims } = space;
    if (dims > MAX_DIMS)
      throw new RangeError(`space ${id} has ${dims} dims, Elasticsearch takes ${MAX_DIMS}: use a smaller model`);
    const hash = createHash('sha256')
      .update(JSON.stringify([nameOf(space), digest]), 'utf8')
      .digest('hex')
      .slice(0, 16);
    this.name = `vector_${hash}`;
    this.rawName = `raw_${hash}`;
  }

  /**
   * An inner product of vectors of length 1 is their cosine, and takes vectors of length 0, which the server's own cosine
   * refuses.
   */
  get mapping(): estypes.MappingProperty {
    return this.mappingAs(INDEX_TYPES[this.search]);
  }

  /** What it becomes once there are many vectors; undefined where it stays. */
  get grown(): estypes.MappingProperty | undefined {
    return this.search === 'by_size' ? this.mappingAs('int8_hnsw') : undefined;
  }

  private mappingAs(type: estypes.MappingDenseVectorIndexOptionsType): estypes.MappingProperty {
    const { digest, dims, metric } = this.space;
    return {
      type: 'dense_vector',
      meta: labelsOf(nameOf(this.space), digest),
      dims,
      index: true,
      similarity: metric === 'euclidean' ? 'l2_norm' : 'max_inner_product',
      index_options: { type },
    };
  }

  /** Members of a document for a vector. */
  encode(vector: Float32Array): Readonly<Record<string, unknown>> {
    const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
    return { [this.name]: [...this.comparable(vector)], [this.rawName]: bytes.toString('base64') };
  }

  /** The vector as it was given, of the members of a document; undefined where it has none. */
  decode(members: Readonly<Record<string, unknown>>): Float32Array | undefined {
    const raw = members[this.rawName];
    if (typeof raw !== 'string') return undefined;
    const vector = new Float32Array(this.space.dims);
    Buffer.from(vector.buffer).write(raw, 'base64');
    return vector;
  }

  /** What the index compares: for cosine the vector made to length 1, unless it is 0. */
  comparable(vector: Float32Array): Float32Array {
    const length = this.space.metric === 'cosine' ? Math.hypot(...vector) : 0;
    return length === 0 ? vector : vector.map((x) => x / length);
  }

  /** @throws RangeError for a wrong length, NaN or infinity. */
  check(ids: readonly string[], vectors: Float32Array): void {
    const { id, dims } = this.space;
    const wanted = ids.length * dims;
    if (vectors.length !== wanted)
      throw new RangeError(`${ids.length} vectors of space ${id} take ${wanted} numbers, got ${vectors.length}`);
    const bad = vectors.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new RangeError(`the vector of ${ids[Math.floor(bad / dims)]} holds ${vectors[bad]}: embed it again`);
  }
}

/** What a field's label may hold: the server takes no more. */
const LABEL_CHARACTERS = 50;

const spaceLabel = (space: string): string => createHash('sha256').update(space, 'utf8').digest('hex').slice(0, 32);

/** Labels of a field: its space, hashed, and the digest of its model, in as many as it takes. */
function labelsOf(space: string, digest: string): Record<string, string> {
  const labels: Record<string, string> = { space: spaceLabel(space) };
  for (let at = 0; at < digest.length; at += LABEL_CHARACTERS)
    labels[`digest${at / LABEL_CHARACTERS}`] = digest.slice(at, at + LABEL_CHARACTERS);
  return labels;
}

/** The digest of the model that a field is of; undefined where it is not of this space. */
export function digestIn(labels: Readonly<Record<string, string>> | undefined, space: string): string | undefined {
  if (labels?.['space'] !== spaceLabel(space)) return undefined;
  const parts = Object.entries(labels).filter(([name]) => name.startsWith('digest'));
  return parts
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, part]) => part)
    .join('');
}
