import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypedArray } from '@attune/sdk';
import type { ArtifactCodec, ArtifactContent } from '../embedded/artifacts/artifact.codec.js';

/** Folders for tests, gone after `clear`. */
export class Scratch {
  private readonly folders: string[] = [];

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'attune-stores-'));
    this.folders.push(folder);
    return folder;
  }

  async clear(): Promise<void> {
    for (const folder of this.folders.splice(0)) await rm(folder, { recursive: true, force: true });
  }
}

const CONSTRUCTORS = { Float32Array, Float64Array, Int32Array, Uint32Array, Int8Array, Uint8Array } as const;
type TypeName = keyof typeof CONSTRUCTORS;

interface Line extends Omit<ArtifactContent, 'arrays'> {
  readonly arrays: Readonly<Record<string, readonly [TypeName, readonly number[]]>>;
}

/** The simplest codec: JSON. */
export const jsonCodec: ArtifactCodec = {
  encode(content) {
    const arrays = Object.fromEntries(
      Object.entries(content.arrays).map(([name, array]) => [name, [array.constructor.name, [...array]]]),
    );
    return new TextEncoder().encode(JSON.stringify({ ...content, arrays }));
  },
  decode(bytes) {
    const line = JSON.parse(new TextDecoder().decode(bytes)) as Line;
    const arrays: Record<string, TypedArray> = {};
    for (const [name, [type, numbers]] of Object.entries(line.arrays)) arrays[name] = CONSTRUCTORS[type].from(numbers);
    return { ...line, arrays };
  },
};
