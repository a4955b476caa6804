import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemCode } from '../folder/data-folder.error.js';
import { createFolder, replaceSynced, syncFolder, writeSynced } from '../folder/durable-file.js';

const ARTIFACT = /^([0-9a-f]{64})\.artifact$/;
const DIGEST = /^[0-9a-f]{64}$/;
const DRAFT = '.draft';

export interface StoredArtifact {
  readonly digest: string;
  readonly sizeBytes: number;
  /** Epoch milliseconds of the last `write`. */
  readonly createdMs: number;
  /** Epoch milliseconds, by the file system's clock, of the last `write` or `promote` by any process. */
  readonly touchedMs: number;
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

/**
 * The artifacts of one name: `<digest>.artifact` files and `promoted`, which holds a digest. Many processes may use it
 * at the same time: what has a name is whole, and each call reads what is there now.
 */
export class ArtifactFolder {
  constructor(readonly path: string) {}

  file(digest: string): string {
    return join(this.path, `${digest}.artifact`);
  }

  /** Newest first; none where the folder is missing. */
  async list(): Promise<readonly StoredArtifact[]> {
    const found: StoredArtifact[] = [];
    for (const name of await this.names()) {
      const digest = ARTIFACT.exec(name)?.[1];
      const stored = digest === undefined ? undefined : await this.find(digest);
      if (stored !== undefined) found.push(stored);
    }
    return found.sort((a, b) => b.createdMs - a.createdMs || (a.digest < b.digest ? -1 : 1));
  }

  /** Undefined where there is no such artifact. */
  async find(digest: string): Promise<StoredArtifact | undefined> {
    const found = await unlessMissing(stat(this.file(digest)));
    if (found === undefined) return undefined;
    const { size, mtimeMs, ctimeMs } = found;
    return { digest, sizeBytes: size, createdMs: Math.round(mtimeMs), touchedMs: ctimeMs };
  }

  /** Durable and whole under its name, or not there. */
  async write(digest: string, bytes: Uint8Array, nowMs: number): Promise<void> {
    await createFolder(this.path);
    const draft = this.draftOf(digest);
    await writeSynced(draft, bytes);
    await replaceSynced(draft, this.file(digest));
    // Last: a draft's time is the file system's, so that its age can be told.
    await utimes(this.file(digest), nowMs / 1000, nowMs / 1000);
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

  /** Points to an artifact that is there; false, and nothing changed, where it is not. */
  async promote(digest: string): Promise<boolean> {
    const stored = await this.find(digest);
    if (stored === undefined) return false;
    // Touched first, so that no other process takes it for an old one.
    await utimes(this.file(digest), stored.createdMs / 1000, stored.createdMs / 1000);
    const draft = this.draftOf('promoted');
    await writeSynced(draft, `${digest}\n`);
    await replaceSynced(draft, this.pointer);
    return true;
  }

  /** Points to none, durably; fine where it does already. */
  async demote(): Promise<void> {
    if ((await unlessMissing(stat(this.pointer))) === undefined) return;
    await rm(this.pointer, { force: true });
    await syncFolder(this.path);
  }

  /** The promoted digest, undefined where none is; a pointer that cannot be read as one is named to `warn`. */
  async promoted(warn: (line: string) => void): Promise<string | undefined> {
    const text = await unlessMissing(readFile(this.pointer, 'utf8'));
    if (text === undefined) return undefined;
    const digest = text.trim();
    if (DIGEST.test(digest)) return digest;
    warn(`The file ${this.pointer} names no artifact: none is promoted until the model is trained again.`);
    return undefined;
  }

  /** Removes the drafts of writes that a crash cut short: those older than a moment of the file system's clock. */
  async clearDrafts(beforeMs: number): Promise<void> {
    for (const name of await this.names()) {
      if (!name.endsWith(DRAFT)) continue;
      const path = join(this.path, name);
      const found = await unlessMissing(stat(path));
      if (found !== undefined && found.mtimeMs < beforeMs) await rm(path, { force: true });
    }
  }

  private get pointer(): string {
    return join(this.path, 'promoted');
  }

  /** Of this write alone: two processes may write the same at once. */
  private draftOf(name: string): string {
    return join(this.path, `${name}.${randomUUID()}${DRAFT}`);
  }

  private async names(): Promise<readonly string[]> {
    return (await unlessMissing(readdir(this.path))) ?? [];
  }
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
