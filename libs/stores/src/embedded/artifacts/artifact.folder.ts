import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { replaceSynced, syncFolder, writeSynced } from '../folder/durable-file.js';

const ARTIFACT = /^([0-9a-f]{64})\.artifact$/;
const DIGEST = /^[0-9a-f]{64}$/;
const DRAFT = '.draft';

export interface StoredArtifact {
  readonly digest: string;
  readonly sizeBytes: number;
  /** Epoch milliseconds of the last `write`. */
  readonly createdMs: number;
}

/** Hashed at a time: a few milliseconds, so that slates come in between. */
const HASHED_BYTES = 2 * 1024 * 1024;

/** SHA-256 in hex of an artifact's bytes. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let from = 0; from < bytes.length; from += HASHED_BYTES) {
    hash.update(bytes.subarray(from, from + HASHED_BYTES));
    await nextTurn();
  }
  return hash.digest('hex');
}

/** The artifacts of one name: `<digest>.artifact` files and `promoted`, which holds a digest. */
export class ArtifactFolder {
  constructor(readonly path: string) {}

  /** Creates the folder where there is none; clears drafts that a crash left. */
  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true });
    await syncFolder(dirname(this.path));
    for (const name of await readdir(this.path))
      if (name.endsWith(DRAFT)) await rm(join(this.path, name), { force: true });
  }

  file(digest: string): string {
    return join(this.path, `${digest}.artifact`);
  }

  /** Newest first. */
  async list(): Promise<readonly StoredArtifact[]> {
    const found: StoredArtifact[] = [];
    for (const name of await readdir(this.path)) {
      const digest = ARTIFACT.exec(name)?.[1];
      if (digest === undefined) continue;
      const { size, mtimeMs } = await stat(join(this.path, name));
      found.push({ digest, sizeBytes: size, createdMs: Math.round(mtimeMs) });
    }
    return found.sort((a, b) => b.createdMs - a.createdMs || (a.digest < b.digest ? -1 : 1));
  }

  /** Durable and whole under its name, or not there. */
  async write(digest: string, bytes: Uint8Array, nowMs: number): Promise<void> {
    const draft = join(this.path, `${digest}${DRAFT}`);
    await writeSynced(draft, bytes);
    await utimes(draft, nowMs / 1000, nowMs / 1000);
    await replaceSynced(draft, this.file(digest));
  }

  /** The file's bytes from the start of a buffer of their own, unless they are not what was written. */
  async read(digest: string): Promise<Uint8Array> {
    const bytes = await readFile(this.file(digest));
    if ((await digestOf(bytes)) !== digest)
      throw new Error(
        `${bytes.length} bytes that are not what was written: restore the file from a backup or train again`,
      );
    return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  }

  async remove(digest: string): Promise<void> {
    await rm(this.file(digest), { force: true });
  }

  async promote(digest: string): Promise<void> {
    const draft = join(this.path, `promoted${DRAFT}`);
    await writeSynced(draft, `${digest}\n`);
    await replaceSynced(draft, join(this.path, 'promoted'));
  }

  /** The promoted digest, undefined where none is; a pointer that cannot be read as one is named to `warn`. */
  async promoted(warn: (line: string) => void): Promise<string | undefined> {
    const path = join(this.path, 'promoted');
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const digest = text.trim();
    if (DIGEST.test(digest)) return digest;
    warn(`The file ${path} names no artifact: none is promoted until the model is trained again.`);
    return undefined;
  }
}
