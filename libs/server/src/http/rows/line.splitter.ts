const NEWLINE = 0x0a;

/** Cuts bytes into lines, holding no more than one line of at most `maxBytes`. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #size = 0;

  constructor(private readonly maxBytes: number) {}

  /** The lines that end in this chunk, without their newlines; undefined for one that was longer than allowed. */
  *push(chunk: Buffer): Generator<Buffer | undefined, void> {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      this.#keep(chunk.subarray(from, to));
      yield this.#take();
      from = to + 1;
    }
    this.#keep(chunk.subarray(from));
  }

  /** What follows the last newline; nothing where nothing does. */
  *end(): Generator<Buffer | undefined, void> {
    if (this.#size > 0) yield this.#take();
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > this.maxBytes) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #take(): Buffer | undefined {
    const line = this.#size > this.maxBytes ? undefined : joined(this.#parts);
    this.#parts = [];
    this.#size = 0;
    return line;
  }
}

const joined = (parts: readonly Buffer[]): Buffer => (parts.length === 1 ? parts[0]! : Buffer.concat(parts));
