import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact, ArtifactDraft, ArtifactStore } from '@attune/sdk';
import { durably } from '../durably.js';
import { decodeName, encodeName } from '../file-name.codec.js';
import { Turns } from '../turns.js';
import { contentOf, type ArtifactCodec } from './artifact.codec.js';
import { ArtifactFolder, digestOf } from './artifact.folder.js';
import { OpenedArtifact } from './opened.artifact.js';

/** Artifacts kept of a name besides the promoted one. */
const KEPT = 3;

export interface ArtifactStoreOptions {
  readonly folder: string;
  readonly codec: ArtifactCodec;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly warn: (line: string) => void;
}

const keyOf = (name: string, digest: string): string => `${digest} ${name}`;

/** Trained models in a folder a name, each file named by the hash of its content. */
export class EmbeddedArtifactStore implements ArtifactStore {
  private readonly folders = new Map<string, ArtifactFolder>();
  private readonly pointers = new Map<string, string>();
  /** Weak: an artifact that nobody uses any more is freed. Shared, so that its vocabularies are. */
  private readonly opened = new Map<string, WeakRef<Artifact>>();
  private readonly changes = new Turns();

  private constructor(private readonly options: ArtifactStoreOptions) {}

  static async open(options: ArtifactStoreOptions): Promise<EmbeddedArtifactStore> {
    await mkdir(options.folder, { recursive: true });
    const store = new EmbeddedArtifactStore(options);
    for (const file of await readdir(options.folder)) {
      const name = decodeName(file);
      if (name === undefined) continue;
      const folder = await store.folderOf(name);
      const digest = await folder.promoted(options.warn);
      if (digest !== undefined) store.pointers.set(name, digest);
    }
    return store;
  }

  /** Older artifacts than the last three are removed, save the promoted one. */
  async put(name: string, draft: ArtifactDraft): Promise<string> {
    return await this.changes.take(async () => {
      const bytes = this.options.codec.encode(contentOf(name, draft));
      const digest = await digestOf(bytes);
      await durably(async () => {
        const folder = await this.folderOf(name);
        await folder.write(digest, bytes, this.options.clock());
        await this.prune(name, folder, digest);
      });
      // What was just written needs no reading back: it is about to be promoted and opened.
      this.opened.set(keyOf(name, digest), new WeakRef(new OpenedArtifact(digest, this.options.codec.decode(bytes))));
      return digest;
    });
  }

  /** @throws Error where there is no such artifact. */
  async promote(name: string, digest: string): Promise<void> {
    await this.changes.take(async () => {
      const folder = await this.folderOf(name);
      if (!(await folder.list()).some((stored) => stored.digest === digest))
        throw new Error(`there is no artifact ${folder.file(digest)}: train ${name} first`);
      await durably(() => folder.promote(digest));
      this.pointers.set(name, digest);
    });
  }

  promoted(name: string): string | undefined {
    return this.pointers.get(name);
  }

  /** @throws Error that names the file where it is missing, damaged or truncated; the file stays as it is. */
  async open(name: string, digest: string): Promise<Artifact> {
    const key = keyOf(name, digest);
    const known = this.opened.get(key)?.deref();
    if (known !== undefined) return known;
    const artifact = await this.read(await this.folderOf(name), digest);
    // Another call may have been faster: both get the same one.
    const first = this.opened.get(key)?.deref() ?? artifact;
    this.opened.set(key, new WeakRef(first));
    return first;
  }

  async list(
    name: string,
  ): Promise<readonly { readonly digest: string; readonly sizeBytes: number; readonly createdAt: string }[]> {
    const folder = this.folders.get(name);
    const stored = folder === undefined ? [] : await folder.list();
    return stored.map(({ digest, sizeBytes, createdMs }) => ({
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

  private async prune(name: string, folder: ArtifactFolder, newest: string): Promise<void> {
    const others = (await folder.list()).filter(({ digest }) => digest !== newest);
    for (const { digest } of others.slice(KEPT - 1))
      if (digest !== this.pointers.get(name)) await folder.remove(digest);
  }

  private async folderOf(name: string): Promise<ArtifactFolder> {
    let folder = this.folders.get(name);
    if (folder !== undefined) return folder;
    folder = new ArtifactFolder(join(this.options.folder, encodeName(name)));
    await folder.prepare();
    this.folders.set(name, folder);
    return folder;
  }
}
