import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobResult } from '@attune/sdk';
import { Turns } from '../embedded/turns.js';
import { hasLineOf, removeLinesOf } from './result-lines.js';
import { ResultFile, type ResultKind } from './result-file.js';

/** Bytes of all results of a tenant. */
const MAX_BYTES = 4 * 1024 ** 3;
/** What lies half written for longer was left by a crash, whoever else uses the folder. */
const ABANDONED_MS = 24 * 3_600_000;

export interface JobResultsOptions {
  readonly maxBytes?: number;
  /** Whether other processes use the folder too; default no. */
  readonly shared?: boolean;
}

interface Stored {
  readonly id: string;
  readonly kind: ResultKind;
  readonly path: string;
}

/** What jobs found out: a file a job, whose name is the job's id. The folder may be shared by many processes. */
export class JobResults {
  readonly #open = new Map<string, ResultFile>();
  /** Files are changed one at a time: two at once would write over each other. */
  readonly #changes = new Turns();

  private constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
    private readonly shared: boolean,
  ) {}

  /** What a crash left half written is removed. */
  static async open(
    folder: string,
    { maxBytes = MAX_BYTES, shared = false }: JobResultsOptions = {},
  ): Promise<JobResults> {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      if (storedOf(folder, name) !== undefined) continue;
      const path = join(folder, name);
      const isLeft = !shared || Date.now() - (await mtimeOf(path)) > ABANDONED_MS;
      if (isLeft) await rm(path, { force: true });
    }
    return new JobResults(folder, maxBytes, shared);
  }

  /** Ids of the jobs that left one. */
  async ids(): Promise<readonly string[]> {
    return (await this.#stored()).map(({ id }) => id);
  }

  /** A file for the result of a job, to be committed or discarded. */
  create(id: string): ResultFile {
    const path = join(this.folder, id);
    // Another process may be at the same job, and not know yet that it has lost it.
    const part = this.shared ? `${path}.${randomUUID()}.part` : `${path}.part`;
    const file = new ResultFile({ path, part, room: () => this.#roomFor(id) });
    this.#open.set(id, file);
    return file;
  }

  async commit(id: string): Promise<void> {
    await this.#open.get(id)?.commit();
    this.#open.delete(id);
  }

  async discard(id: string): Promise<void> {
    await this.#open.get(id)?.discard();
    this.#open.delete(id);
  }

  /** Undefined where the job left none, or where its file was removed by hand. */
  async get(id: string): Promise<JobResult | undefined> {
    for (const kind of ['json', 'ndjson'] as const) {
      const path = join(this.folder, `${id}.${kind}`);
      const found = await stat(path).catch(() => undefined);
      if (found !== undefined) return { kind, sizeBytes: found.size, stream: () => createReadStream(path) };
    }
    return undefined;
  }

  async remove(id: string): Promise<void> {
    await this.#changes.take(async () => {
      for (const { path } of (await this.#stored()).filter((one) => one.id === id)) await rm(path, { force: true });
    });
  }

  /** Whether a line of a result is about this user. */
  async names(userId: string): Promise<boolean> {
    for (const { kind, path } of await this.#stored())
      if (kind === 'ndjson' && (await hasLineOf(userId, path))) return true;
    return false;
  }

  /** Removes these users' lines from every result, also of jobs under way; how many there were. */
  async forget(userIds: readonly string[]): Promise<number> {
    const users = new Set(userIds);
    let removed = 0;
    for (const file of [...this.#open.values()]) removed += await file.forget(userIds);
    return await this.#changes.take(async () => {
      for (const { kind, path } of await this.#stored())
        if (kind === 'ndjson') removed += await removeLinesOf(users, path);
      return removed;
    });
  }

  async #stored(): Promise<readonly Stored[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.map((name) => storedOf(this.folder, name)).filter((one) => one !== undefined);
  }

  async #roomFor(id: string): Promise<number> {
    const sizes = await Promise.all(
      (await this.#stored()).map(async ({ path }) => (await stat(path).catch(() => undefined))?.size ?? 0),
    );
    for (const [other, { sizeBytes }] of this.#open) if (other !== id) sizes.push(sizeBytes);
    return this.maxBytes - sizes.reduce((sum, size) => sum + size, 0);
  }
}

function storedOf(folder: string, name: string): Stored | undefined {
  const [, id, kind] = /^(.+)\.(json|ndjson)$/.exec(name) ?? [];
  return id === undefined ? undefined : { id, kind: kind as ResultKind, path: join(folder, name) };
}

const mtimeOf = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity;
