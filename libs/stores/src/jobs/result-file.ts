import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ResultLine, ResultWriter } from '@attune/sdk';
import { removeLinesOf } from './result-lines.js';

/** Lines are gathered up to this many characters before they are written. */
const BUFFER_CHARACTERS = 65_536;

export type ResultKind = 'json' | 'ndjson';

export interface ResultFileOptions {
  /** Path without its ending. */
  readonly path: string;
  /** Where it lies until it is committed. */
  readonly part: string;
  /** Bytes it may have at most, as of now. */
  readonly room: () => Promise<number>;
}

/**
 * What a job finds out, written beside its final place and moved there when the job has completed. Throws an Error
 * that names the fix where there is no room.
 */
export class ResultFile implements ResultWriter {
  #file: FileHandle | undefined;
  #kind: ResultKind | undefined;
  #waiting = '';
  #bytes = 0;
  readonly #forgotten = new Set<string>();
  /** The file is changed by one at a time. */
  #changes: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ResultFileOptions) {}

  /** Bytes written so far. */
  get sizeBytes(): number {
    return this.#bytes;
  }

  /** The whole result as one JSON document. */
  async json(value: unknown): Promise<void> {
    await this.#append('json', JSON.stringify(value));
  }

  /** One more line of a result of many, a user each. */
  async line(value: ResultLine): Promise<void> {
    if (this.#forgotten.has(value.userId)) return;
    await this.#append('ndjson', `${JSON.stringify(value)}\n`);
  }

  /** Wants no lines of these users any more, and removes those that are written; how many there were. */
  forget(userIds: readonly string[]): Promise<number> {
    for (const id of userIds) this.#forgotten.add(id);
    return this.#change(async () => {
      if (this.#file === undefined || this.#kind !== 'ndjson') return 0;
      await this.#write();
      await this.#file.close();
      try {
        return await removeLinesOf(this.#forgotten, this.options.part);
      } finally {
        this.#file = await this.#opened('a');
        this.#bytes = (await this.#file.stat()).size;
      }
    });
  }

  /** Moves the file to its place, synced; gives its kind, or undefined where nothing was written. */
  commit(): Promise<ResultKind | undefined> {
    return this.#change(async () => {
      if (this.#file === undefined || this.#kind === undefined) return undefined;
      await this.#flush();
      await this.#file.sync();
      await this.#file.close();
      this.#file = undefined;
      await rename(this.options.part, `${this.options.path}.${this.#kind}`);
      return this.#kind;
    });
  }

  /** Drops what was written. */
  discard(): Promise<void> {
    return this.#change(async () => {
      await this.#file?.close();
      this.#file = undefined;
      await rm(this.options.part, { force: true });
    });
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(work);
    this.#changes = done.catch(() => undefined);
    return done;
  }

  #append(kind: ResultKind, text: string): Promise<void> {
    return this.#change(async () => {
      this.#file ??= await this.#opened('w');
      this.#kind = kind;
      this.#waiting += text;
      if (kind === 'json' || this.#waiting.length >= BUFFER_CHARACTERS) await this.#flush();
    });
  }

  /** Empty folders are what tidying and copying programs drop: this one is made again. */
  async #opened(how: 'w' | 'a'): Promise<FileHandle> {
    await mkdir(dirname(this.options.part), { recursive: true });
    return await open(this.options.part, how);
  }

  async #flush(): Promise<void> {
    if (this.#bytes + Buffer.byteLength(this.#waiting) > (await this.options.room())) {
      throw new Error('results of the last day fill the room they have: ask for fewer users, or again tomorrow');
    }
    await this.#write();
  }

  async #write(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    await this.#file?.appendFile(text);
    this.#bytes += Buffer.byteLength(text);
  }
}
