import fc from 'fast-check';
import { type Artifact, artifactDigest, decodeArtifact, encodeArtifact } from './artifact.codec.js';

const example: Artifact = {
  name: 'ease',
  meta: { lambda: 300, trainedOn: { events: 12, tags: ['a', null, true] } },
  arrays: {
    weights: Float32Array.of(1.5, -0, Infinity),
    rows: Int32Array.of(-1, 2 ** 31 - 1),
    bytes: Uint8Array.of(1, 2, 3),
    times: Float64Array.of(Math.PI),
    empty: Int16Array.of(),
  },
  ids: { items: ['a', 'é', '漢'], none: [] },
};

describe('artifact codec', () => {
  it('gives back what was encoded', () => {
    expect(decodeArtifact(encodeArtifact(example))).toEqual(example);
  });

  it('gives back any arrays, as views of the bytes', () => {
    const array = fc.oneof(fc.int8Array(), fc.uint16Array(), fc.uint32Array(), fc.float32Array(), fc.float64Array());
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), array), (arrays) => {
        const names = Object.keys(arrays).filter((name) => name !== '__proto__');
        const artifact = { ...example, arrays: Object.fromEntries(names.map((name) => [name, arrays[name]!])) };
        const bytes = encodeArtifact(artifact);
        const decoded = decodeArtifact(bytes);
        expect(decoded).toEqual(artifact);
        for (const part of Object.values(decoded.arrays)) expect(part.buffer).toBe(bytes.buffer);
      }),
    );
  });

  it('encodes subarrays by their own part and reads unaligned bytes', () => {
    const arrays = { part: Float64Array.of(1, 2, 3, 4).subarray(1, 3) };
    const bytes = encodeArtifact({ ...example, arrays });
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect(decodeArtifact(shifted).arrays).toEqual({ part: Float64Array.of(2, 3) });
  });

  it('has a digest that follows the content', () => {
    const digest = artifactDigest(encodeArtifact(example));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(artifactDigest(encodeArtifact({ ...example }))).toBe(digest);
    expect(artifactDigest(encodeArtifact({ ...example, name: 'other' }))).not.toBe(digest);
  });

  it('says of every truncation that the file is truncated', () => {
    const bytes = encodeArtifact(example);
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeArtifact(bytes.slice(0, length))).toThrow(/^artifact is truncated|^not an artifact/);
    expect(() => decodeArtifact(bytes.slice(0, 20))).toThrow('artifact is truncated: 20 of at least 64 bytes');
    expect(() => decodeArtifact(bytes.slice(0, -1))).toThrow('artifact is truncated');
  });

  it('refuses a damaged header, foreign files and other versions', () => {
    const bytes = encodeArtifact(example);
    for (let at = 0; at < 16; at++) {
      const damaged = bytes.slice();
      damaged[at]! ^= 0x10;
      expect(() => decodeArtifact(damaged)).toThrow();
    }
    const header = bytes.slice();
    header[64] = 0;
    expect(() => decodeArtifact(header)).toThrow('artifact is damaged: its header cannot be read');
    expect(() => decodeArtifact(new TextEncoder().encode('{"name": "ease"}'))).toThrow('not an artifact');
    const later = bytes.slice();
    later[8] = 9;
    expect(() => decodeArtifact(later)).toThrow('artifact format 9 is not 2: train it again');
  });
});
