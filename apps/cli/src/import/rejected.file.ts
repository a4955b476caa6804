import { appendFile, rm, truncate } from 'node:fs/promises';

/** A row that was left out, and why. */
export interface Rejected {
  readonly line: number;
  readonly reason: string;
  /** The row, or the beginning of it where it cannot be read. */
  readonly row?: unknown;
}

/** Rows that were left out, as JSONL beside the data; there is no file where there are none. */
export class RejectedFile {
  private constructor(
    readonly path: string,
    /** Its length. */
    private size: number,
  ) {}

  /** Goes on behind the first `keptBytes`: what an import cut short wrote after its last progress comes again. */
  static async open(path: string, keptBytes: number): Promise<RejectedFile> {
    if (keptBytes === 0) await rm(path, { force: true });
    else await truncate(path, keptBytes);
    return new RejectedFile(path, keptBytes);
  }

  get sizeBytes(): number {
    return this.size;
  }

  async append(rows: readonly Rejected[]): Promise<void> {
    if (rows.length === 0) return;
    const text = rows.map((row) => `${JSON.stringify(row, plain)}\n`).join('');
    await appendFile(this.path, text);
    this.size += Buffer.byteLength(text);
  }
}

/** Parquet has whole numbers that JSON has not. */
export const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
