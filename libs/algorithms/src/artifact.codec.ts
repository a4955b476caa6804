import { createHash } from 'node:crypto';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The typed arrays an artifact can hold. */
export type ArtifactArray =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** A trained model as data: what a trainer returns and a scorer loads. */
export interface Artifact {
  name: string;
  meta: Record<string, Json>;
  arrays: Record<string, ArtifactArray>;
  /** Named lists of ids, such as the items in row order. */
  ids: Record<string, string[]>;
}

type Dtype = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'f32' | 'f64';
type ViewConstructor = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => ArtifactArray;

interface ArrayEntry {
  dtype: Dtype;
  length: number;
  /** Bytes from the start of the body. */
  offset: number;
}

interface Header {
  name: string;
  meta: Record<string, Json>;
  arrays: Record<string, ArrayEntry>;
  ids: Record<string, string[]>;
  bodyBytes: number;
}

const CONSTRUCTORS: Readonly<Record<Dtype, ViewConstructor>> = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
};

// magic (8 bytes) | version u32 | header bytes u32 | 48 zero bytes | header | body
const MAGIC = 'ATTUNEAR';
const VERSION = 2;
const PREFIX_BYTES = 64;
/** Header and arrays start on multiples of this, which suits every element type and SIMD. */
const ALIGNMENT = 64;

const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Packs an artifact into one byte string: a JSON header, then the arrays in little-endian order, each
 * aligned to 64 bytes. Equal artifacts (with keys in the same order) give equal bytes.
 * The bytes carry no checksum: whoever stores them names them by their digest, and checks that.
 */
export function encodeArtifact(artifact: Artifact): Uint8Array {
  const { entries, bodyBytes } = placeArrays(artifact.arrays);
  const header: Header = { name: artifact.name, meta: artifact.meta, arrays: entries, ids: artifact.ids, bodyBytes };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bodyAt = align(PREFIX_BYTES + json.length);
  const bytes = new Uint8Array(bodyAt + bodyBytes);
  bytes.set(json, PREFIX_BYTES);
  for (const [name, array] of Object.entries(artifact.arrays)) {
    const at = bodyAt + (entries[name]?.offset ?? 0);
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
  }
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, VERSION, true);
  view.setUint32(12, json.length, true);
  return bytes;
}

/**
 * Reads what `encodeArtifact` wrote; arrays are views of `bytes` (which are copied once when not aligned to 8 bytes).
 * Throws an Error that tells a foreign file, another version, a truncated one and a damaged header apart.
 */
export function decodeArtifact(bytes: Uint8Array): Artifact {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const header = readHeader(aligned);
  const bodyAt = aligned.byteOffset + bodyOffset(aligned);
  const arrays = Object.entries(header.arrays).map(([name, { dtype, length, offset }]) => {
    return [name, new CONSTRUCTORS[dtype](aligned.buffer, bodyAt + offset, length)] as const;
  });
  return { name: header.name, meta: header.meta, arrays: Object.fromEntries(arrays), ids: header.ids };
}

/** SHA-256 in hex of the encoded artifact: the name under which it is stored and logged. */
export function artifactDigest(bytes: Uint8Array): string {
  return sha256(bytes).toString('hex');
}

function dtypeOf(name: string, array: ArtifactArray): Dtype {
  for (const [dtype, constructor] of Object.entries(CONSTRUCTORS))
    if (Object.prototype.toString.call(array) === `[object ${constructor.name}]`) return dtype as Dtype;
  throw new TypeError(`array "${name}" of an artifact must be a typed array of 8 to 32-bit integers or floats`);
}

function placeArrays(arrays: Artifact['arrays']): { entries: Record<string, ArrayEntry>; bodyBytes: number } {
  let offset = 0;
  const entries = Object.entries(arrays).map(([name, array]) => {
    const entry: ArrayEntry = { dtype: dtypeOf(name, array), length: array.length, offset };
    offset = align(offset + array.byteLength);
    return [name, entry] as const;
  });
  return { entries: Object.fromEntries(entries), bodyBytes: offset };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bodyOffset(bytes: Uint8Array): number {
  return align(PREFIX_BYTES + viewOf(bytes).getUint32(12, true));
}

function readHeader(bytes: Uint8Array): Header {
  const text = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  if (bytes.length < PREFIX_BYTES && MAGIC.startsWith(text(0, 8))) throw truncated(bytes.length, PREFIX_BYTES);
  if (text(0, 8) !== MAGIC) throw new Error('not an artifact: the file does not begin with ATTUNEAR');
  const version = viewOf(bytes).getUint32(8, true);
  if (version !== VERSION) throw new Error(`artifact format ${version} is not ${VERSION}: train it again`);
  const headerEnd = PREFIX_BYTES + viewOf(bytes).getUint32(12, true);
  if (bytes.length < headerEnd) throw truncated(bytes.length, headerEnd);
  const header = parse(text(PREFIX_BYTES, headerEnd));
  const whole = align(headerEnd) + (header?.bodyBytes ?? 0);
  if (header !== undefined && bytes.length < whole) throw truncated(bytes.length, whole);
  if (header === undefined) throw new Error('artifact is damaged: its header cannot be read; train it again');
  return header;
}

function truncated(length: number, expected: number): Error {
  return new Error(`artifact is truncated: ${length} of at least ${expected} bytes; write or train it again`);
}

function parse(json: string): Header | undefined {
  try {
    return JSON.parse(json) as Header;
  } catch {
    return undefined;
  }
}
