import { join } from 'node:path';
import type { Artifact, ArtifactDraft, ArtifactStore } from '@attune/sdk';
import { durably } from '../durably.js';
import { encodeName } from '../file-name.codec.js';
import { inFolder } from '../folder/data-folder.error.js';
import { createFolder } from '../folder/durable-file.js';
import { Turns } from '../turns.js';
import { contentOf, type ArtifactCodec } from './artifact.codec.js';
import { ArtifactFolder, digestOf, type StoredArtifact } from './artifact.folder.js';
import { OpenedArtifact } from './opened.artifact.js';

/** Artifacts kept of a name besides the promoted one. */
const KEPT = 3;
const GRACE_MS = 3_600_000;

export interface ArtifactStoreOptions {
  readonly folder: string;
  readonly codec: ArtifactCodec;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly warn: (line: string) => void;
  /** What another process put or promoted so lately is kept, for it to promote or open; milliseconds, default 1 hour. */
  readonly graceMs?: number;
}

const keyOf = (name: string, digest: string): string => `${digest} ${name}`;

/**
 * Trained models in a folder a name, each file named by the hash of its content. Many processes may share the folder:
 * what one puts and promotes the others have at their next call.
 */
export class EmbeddedArtifactStore implements ArtifactStore {
  /** Weak: an artifact that nobody uses any more is freed. Shared, so that its vocabularies are. */
  private readonly opened = new Map<string, WeakRef<Artifact>>();
  /** When this process put or promoted what, by the file system's clock: nobody else has touched it since. */
  private readonly own = new Map<string, number>();
  private readonly changes = new Turns();
  private readonly warned = new Set<string>();

  private constructor(private readonly options: ArtifactStoreOptions) {}

  static async open(options: ArtifactStoreOptions): Promise<EmbeddedArtifactStore> {
    await createFolder(options.folder);
    return new EmbeddedArtifactStore(options);
  }

  /**
   * Older artifacts than the last three are removed, save the promoted one.
   *
   * @throws AttuneError `NOT_DURABLE` where it could not be written; nothing of it is left then.
   */
  async put(name: string, draft: ArtifactDraft): Promise<string> {
    return await this.changes.take(async () => {
      const bytes = this.options.codec.encode(contentOf(name, draft));
      const digest = await digestOf(bytes);
      await this.durably(async () => {
        await this.folderOf(name).write(digest, bytes, this.options.clock());
        await this.prune(name, await this.claim(name, digest));
      });
      // What was just written needs no reading back: it is about to be promoted and opened.
      const artifact = new OpenedArtifact(digest, this.options.codec.decode(bytes));
      this.opened.set(keyOf(name, digest), new WeakRef(artifact));
      return digest;
    });
  }

  /**
   * @throws Error where there is no such artifact.
   * @throws AttuneError `NOT_DURABLE` where it could not be written: the pointer is as before.
   */
  async promote(name: string, digest: string | undefined): Promise<void> {
    await this.changes.take(async () => {
      const folder = this.folderOf(name);
      if (digest === undefined) return await this.durably(() => folder.demote());
      if (!(await this.durably(() => folder.promote(digest))))
        throw new Error(`there is no artifact ${folder.file(digest)}: train ${name} first`);
      await this.claim(name, digest);
    });
  }

  /** Read from the folder at each call; a pointer that cannot be read as one counts as none. */
  async promoted(name: string): Promise<string | undefined> {
    return await this.folderOf(name).promoted((line) => {
      if (!this.warned.has(line)) this.options.warn(line);
      this.warned.add(line);
    });
  }

  /** @throws Error that names the file where it is missing, damaged or truncated; the file stays as it is. */
  async open(name: string, digest: string): Promise<Artifact> {
    const key = keyOf(name, digest);
    const known = this.opened.get(key)?.deref();
    if (known !== undefined) return known;
    const artifact = await this.read(this.folderOf(name), digest);
    // Another call may have been faster: both get the same one.
    const first = this.opened.get(key)?.deref() ?? artifact;
    this.opened.set(key, new WeakRef(first));
    return first;
  }

  async list(
    name: string,
  ): Promise<readonly { readonly digest: string; readonly sizeBytes: number; readonly createdAt: string }[]> {
    return (await this.folderOf(name).list()).map(({ digest, sizeBytes, createdMs }) => ({
      digest,
      sizeBytes,
      createdAt: new Date(createdMs).toISOString(),
    }));
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.settled();
  }

  private async read(folder: ArtifactFolder, digest: string): Promise<Artifact> {
    try {
      return new OpenedArtifact(digest, this.options.codec.decode(await folder.read(digest)));
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`The artifact ${folder.file(digest)} cannot be read: ${cause}`, { cause: error });
    }
  }

  /** Remembers what this process touched last; gives it as it is stored. */
  private async claim(name: string, digest: string): Promise<StoredArtifact | undefined> {
    const stored = await this.folderOf(name).find(digest);
    if (stored !== undefined) this.own.set(keyOf(name, digest), stored.touchedMs);
    return stored;
  }

  private async prune(name: string, newest: StoredArtifact | undefined): Promise<void> {
    if (newest === undefined) return;
    const folder = this.folderOf(name);
    const recentMs = newest.touchedMs - (this.options.graceMs ?? GRACE_MS);
    const others = (await folder.list()).filter(({ digest }) => digest !== newest.digest);
    for (const { digest, touchedMs } of others.slice(KEPT - 1)) {
      const key = keyOf(name, digest);
      if (touchedMs > recentMs && touchedMs !== this.own.get(key)) continue;
      if (digest === (await this.promoted(name))) continue;
      await folder.remove(digest);
      this.own.delete(key);
    }
    await folder.clearDrafts(recentMs);
  }

  private async durably<T>(write: () => Promise<T>): Promise<T> {
    return await durably(() => inFolder(this.options.folder, write));
  }

  private folderOf(name: string): ArtifactFolder {
    return new ArtifactFolder(join(this.options.folder, encodeName(name)));
  }
}
