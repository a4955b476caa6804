import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const countsSchema = z.strictObject({
  /** Rows the server took: new ones, and those it had or that were older than what it had. */
  accepted: z.int(),
  known: z.int(),
  rejected: z.int(),
  /** Rows the mapping leaves out. */
  skipped: z.int(),
});
export type Counts = z.output<typeof countsSchema>;

const progressSchema = z.strictObject({
  version: z.literal(1),
  /** What is imported, how and whereto; another digest starts anew. */
  digest: z.string(),
  /** Everything up to this line is in. */
  line: z.int(),
  counts: countsSchema,
  /** Length of the file of rejected rows by then. */
  rejectedBytes: z.int(),
});
export type Progress = z.output<typeof progressSchema>;

const NOTHING: Counts = { accepted: 0, known: 0, rejected: 0, skipped: 0 };

/** How far an import came, in a file beside the data: kept after each batch, gone when all is in. */
export class ProgressFile {
  constructor(
    private readonly path: string,
    private readonly digest: string,
  ) {}

  /** Where to go on; the beginning where nothing of this very file was imported before. */
  async read(): Promise<Progress> {
    const start: Progress = { version: 1, digest: this.digest, line: 0, counts: NOTHING, rejectedBytes: 0 };
    const text = await readFile(this.path, 'utf8').catch(() => undefined);
    if (text === undefined) return start;
    const parsed = progressSchema.safeParse(jsonOf(text));
    return parsed.success && parsed.data.digest === this.digest ? parsed.data : start;
  }

  /** Whole or not at all: it is renamed into its place. */
  async write(progress: Progress): Promise<void> {
    await writeFile(`${this.path}.draft`, JSON.stringify(progress));
    await rename(`${this.path}.draft`, this.path);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

/** SHA-256 of a file and of what it is imported with and to. */
export async function importDigest(file: string, how: readonly unknown[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(how));
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
