import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
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
    if (kind === 'ndjson' && file.forgotten.size > 0) await this.#rewrite(id, file.forgotten);
  }

  async discard(id: string): Promise<void> {
    await this.#open.get(id)?.discard();
    this.#open.delete(id);
  }

  get(id: string): JobResult | undefined {
    const stored = this.#stored.get(id);
    return stored && { ...stored, stream: () => createReadStream(this.#pathOf(id, stored)) };
  }

  async remove(id: string): Promise<void> {
    const stored = this.#stored.get(id);
    if (stored === undefined) return;
    this.#stored.delete(id);
    await rm(this.#pathOf(id, stored), { force: true });
  }

  /** Removes these users' lines from every result, also of jobs under way; how many there were. */
  async forget(userIds: readonly string[]): Promise<number> {
    const users = new Set(userIds);
    for (const file of this.#open.values()) file.forget(userIds);
    let removed = 0;
    for (const [id, { kind }] of this.#stored) if (kind === 'ndjson') removed += await this.#rewrite(id, users);
    return removed;
  }

  async #rewrite(id: string, users: ReadonlySet<string>): Promise<number> {
    const path = this.#pathOf(id, { kind: 'ndjson' });
    const without = `${path}.part`;
    const [from, to] = [await open(path, 'r'), await open(without, 'w')];
    let removed = 0;
    try {
      for await (const line of from.readLines()) {
        const { userId } = JSON.parse(line) as { readonly userId: string };
        if (users.has(userId)) removed += 1;
        else await to.appendFile(`${line}\n`);
      }
      await to.sync();
    } finally {
      await from.close();
      await to.close();
    }
    if (removed === 0) await rm(without);
    else await rename(without, path);
    this.#stored.set(id, { kind: 'ndjson', sizeBytes: (await stat(path)).size });
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
