import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { hasLineOf, removeLinesOf } from './result-lines.js';
import { ResultFile, type ResultKind } from './result-file.js';

/** Bytes of all results of a tenant. */
const MAX_BYTES = 4 * 1024 ** 3;

/** A result that can be read. */
export interface JobResult {
  readonly kind: ResultKind;
  readonly sizeBytes: number;
  stream(): Readable;
}

interface Stored {
  readonly kind: ResultKind;
  readonly sizeBytes: number;
}

/** What jobs found out: a file a job, whose name is the job's id. */
export class JobResults {
  readonly #stored = new Map<string, Stored>();
  readonly #open = new Map<string, ResultFile>();
  /** Files are changed one at a time: two at once would write over each other. */
  #changes: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
  ) {}

  /** What a crash left half written is removed. */
  static async open(folder: string, maxBytes = MAX_BYTES): Promise<JobResults> {
    await mkdir(folder, { recursive: true });
    const results = new JobResults(folder, maxBytes);
    for (const name of await readdir(folder)) {
      const [, id, kind] = /^(.+)\.(json|ndjson)$/.exec(name) ?? [];
      const path = join(folder, name);
      if (id === undefined) await rm(path, { force: true });
      else results.#stored.set(id, { kind: kind as ResultKind, sizeBytes: (await stat(path)).size });
    }
    return results;
  }

  /** Ids of the jobs that left one. */
  get ids(): readonly string[] {
    return [...this.#stored.keys()];
  }

  /** A file for the result of a job, to be committed or discarded. */
  create(id: string): ResultFile {
    const file = new ResultFile({ path: join(this.folder, id), room: () => this.#roomFor(id) });
    this.#open.set(id, file);
    return file;
  }

  async commit(id: string): Promise<void> {
    const file = this.#open.get(id);
    const kind = await file?.commit();
    this.#open.delete(id);
    if (file === undefined || kind === undefined) return;
    this.#stored.set(id, { kind, sizeBytes: file.sizeBytes });
  }

  async discard(id: string): Promise<void> {
    await this.#open.get(id)?.discard();
    this.#open.delete(id);
  }

  /** Undefined where the job left none, or where its file was removed by hand. */
  get(id: string): JobResult | undefined {
    const stored = this.#stored.get(id);
    if (stored === undefined || !existsSync(this.#pathOf(id, stored))) return undefined;
    return { ...stored, stream: () => createReadStream(this.#pathOf(id, stored)) };
  }

  async remove(id: string): Promise<void> {
    const stored = this.#stored.get(id);
    if (stored === undefined) return;
    this.#stored.delete(id);
    await this.#change(() => rm(this.#pathOf(id, stored), { force: true }));
  }

  /** Whether a line of a result is about this user. */
  async names(userId: string): Promise<boolean> {
    for (const [id, { kind }] of this.#stored) {
      if (kind === 'json' || this.get(id) === undefined) continue;
      if (await hasLineOf(userId, this.#pathOf(id, { kind }))) return true;
    }
    return false;
  }

  /** Removes these users' lines from every result, also of jobs under way; how many there were. */
  async forget(userIds: readonly string[]): Promise<number> {
    const users = new Set(userIds);
    let removed = 0;
    for (const file of [...this.#open.values()]) removed += await file.forget(userIds);
    return this.#change(async () => {
      for (const [id, { kind }] of this.#stored) if (kind === 'ndjson') removed += await this.#rewrite(id, users);
      return removed;
    });
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(work);
    this.#changes = done.catch(() => undefined);
    return done;
  }

  async #rewrite(id: string, users: ReadonlySet<string>): Promise<number> {
    const path = this.#pathOf(id, { kind: 'ndjson' });
    const removed = await removeLinesOf(users, path);
    if (removed === 0) return 0;
    const { size: sizeBytes } = await stat(path);
    // Unless it was removed meanwhile.
    if (this.#stored.has(id)) this.#stored.set(id, { kind: 'ndjson', sizeBytes });
    return removed;
  }

  #roomFor(id: string): number {
    const sizes = [
      ...[...this.#stored.values()].map(({ sizeBytes }) => sizeBytes),
      ...[...this.#open].map(([other, { sizeBytes }]) => (other === id ? 0 : sizeBytes)),
    ];
    return this.maxBytes - sizes.reduce((sum, size) => sum + size, 0);
  }

  #pathOf(id: string, { kind }: Pick<Stored, 'kind'>): string {
    return join(this.folder, `${id}.${kind}`);
  }
}
