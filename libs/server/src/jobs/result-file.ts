import { open, rename, rm, type FileHandle } from 'node:fs/promises';

/** Lines are gathered up to this many characters before they are written. */
const BUFFER_CHARACTERS = 65_536;

export type ResultKind = 'json' | 'ndjson';

export interface ResultFileOptions {
  /** Path without its ending. */
  readonly path: string;
  /** Bytes it may have at most, as of now. */
  readonly room: () => number;
}

/**
 * What a job finds out, written beside its final place and moved there when the job has completed. Throws an Error
 * that names the fix where there is no room.
 */
export class ResultFile {
  #file: FileHandle | undefined;
  #kind: ResultKind | undefined;
  #waiting = '';
  #bytes = 0;
  readonly #forgotten = new Set<string>();

  constructor(private readonly options: ResultFileOptions) {}

  /** Bytes written so far. */
  get sizeBytes(): number {
    return this.#bytes;
  }

  /** Whose lines are no longer wanted, from now on and when the file is done. */
  get forgotten(): ReadonlySet<string> {
    return this.#forgotten;
  }

  /** The whole result as one JSON document. */
  async json(value: unknown): Promise<void> {
    await this.#append('json', JSON.stringify(value));
  }

  /** One more line of a result of many, a user each. */
  async line<T extends { readonly userId: string }>(value: T): Promise<void> {
    if (this.#forgotten.has(value.userId)) return;
    await this.#append('ndjson', `${JSON.stringify(value)}\n`);
  }

  forget(userIds: readonly string[]): void {
    for (const id of userIds) this.#forgotten.add(id);
  }

  /** Moves the file to its place, synced; gives its kind, or undefined where nothing was written. */
  async commit(): Promise<ResultKind | undefined> {
    if (this.#file === undefined || this.#kind === undefined) return undefined;
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
    this.#file = undefined;
    await rename(this.#part, `${this.options.path}.${this.#kind}`);
    return this.#kind;
  }

  /** Drops what was written. */
  async discard(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    await rm(this.#part, { force: true });
  }

  get #part(): string {
    return `${this.options.path}.part`;
  }

  async #append(kind: ResultKind, text: string): Promise<void> {
    this.#file ??= await open(this.#part, 'w');
    this.#kind = kind;
    this.#waiting += text;
    if (kind === 'json' || this.#waiting.length >= BUFFER_CHARACTERS) await this.#flush();
  }

  async #flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    const bytes = Buffer.byteLength(text);
    if (this.#bytes + bytes > this.options.room()) {
      throw new Error('results of the last day fill the room they have: ask for fewer users, or again tomorrow');
    }
    await this.#file?.appendFile(text);
    this.#bytes += bytes;
  }
}
