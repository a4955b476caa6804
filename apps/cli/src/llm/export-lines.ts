import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, openSync, renameSync, rmSync, writeFileSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ServedRun } from '../commands/command.js';
import { CommandError, UsageError } from '../exit-code.js';
import { linesOf } from '../import/lines.js';
import { runJob } from '../jobs/follow-job.js';

export interface ExportOptions {
  /** Folder; made where it is missing, its files of the same names are replaced. */
  readonly out: string;
  readonly tasks?: readonly string[];
  readonly limit: number;
  readonly heldOut: number;
  readonly seed: number;
}

const SPLITS = { train: 'train.jsonl', 'held-out': 'held-out.jsonl' } as const;
type Split = keyof typeof SPLITS;

/** As much of a line as is counted. */
const countedSchema = z.object({
  task: z.string(),
  split: z.enum(['train', 'held-out']),
  at: z.iso.date(),
  userId: z.never().optional(),
});

/** What an export is, beside its files. */
export interface ExportManifest {
  readonly tasks: Readonly<Record<string, Readonly<Record<Split, number>>>>;
  /** Day that everything held out is of, or later; undefined where nothing is. */
  readonly heldOutFrom: string | undefined;
  readonly limitPerTask: number;
  readonly heldOutShare: number;
  readonly seed: number;
  readonly files: Readonly<Record<string, { readonly lines: number; readonly sha256: string }>>;
}

/** Starts the job, follows it, and writes what it found out; all files or none. */
export async function exportLines(options: ExportOptions, running: ServedRun): Promise<ExportManifest> {
  const { out, tasks, limit: limitPerTask, heldOut: heldOutShare, seed } = options;
  const files = openFiles(out);
  const request = { type: 'instructions', limitPerTask, heldOutShare, seed, ...(tasks === undefined ? {} : { tasks }) };
  try {
    const { id } = await runJob(request, 'making examples', running);
    const bytes = running.client.stream(`/v1/jobs/${encodeURIComponent(id)}/result`, { signal: running.signal });
    for await (const { bytes: line } of linesOf(bytes)) await files.add(line);
    const manifest = { ...(await files.close()), limitPerTask, heldOutShare, seed };
    files.keep(manifest);
    return manifest;
  } catch (error) {
    files.drop();
    throw error;
  }
}

/** Before the work, so that it is not done in vain. */
function openFiles(folder: string): SplitFiles {
  try {
    mkdirSync(folder, { recursive: true });
    return new SplitFiles(folder);
  } catch (error) {
    throw new UsageError(
      `${folder} cannot be written (${(error as NodeJS.ErrnoException).code})`,
      'Name a folder that may be written to, or one to be made in such a folder.',
    );
  }
}

interface SplitFile {
  readonly stream: WriteStream;
  readonly hash: Hash;
  lines: number;
}

/** The two files of an export while they are written, under names of their own. */
class SplitFiles {
  private readonly files: Readonly<Record<Split, SplitFile>>;
  private readonly counts = new Map<string, Record<Split, number>>();
  private heldOutFrom: string | undefined;
  private broken: Error | undefined;

  constructor(private readonly folder: string) {
    this.files = { train: this.open('train'), 'held-out': this.open('held-out') };
  }

  async add(line: Buffer | undefined): Promise<void> {
    if (this.broken !== undefined) throw this.broken;
    const { task, split, at } = countedOf(line);
    const count = this.counts.get(task) ?? { train: 0, 'held-out': 0 };
    count[split] += 1;
    this.counts.set(task, count);
    if (split === 'held-out' && (this.heldOutFrom ?? at) >= at) this.heldOutFrom = at;
    const file = this.files[split];
    const text = `${line!.toString('utf8')}\n`;
    file.lines += 1;
    file.hash.update(text);
    if (!file.stream.write(text)) await once(file.stream, 'drain');
  }

  async close(): Promise<Pick<ExportManifest, 'tasks' | 'heldOutFrom' | 'files'>> {
    for (const { stream } of Object.values(this.files)) {
      stream.end();
      if (!stream.closed) await once(stream, 'close');
    }
    if (this.broken !== undefined) throw this.broken;
    const told = (['train', 'held-out'] as const).map((split) => {
      const { lines, hash } = this.files[split];
      return [SPLITS[split], { lines, sha256: hash.digest('hex') }] as const;
    });
    return { tasks: Object.fromEntries(this.counts), heldOutFrom: this.heldOutFrom, files: Object.fromEntries(told) };
  }

  /** Puts them in their places. */
  keep(manifest: ExportManifest): void {
    for (const name of Object.values(SPLITS)) renameSync(this.partial(name), join(this.folder, name));
    writeFileSync(join(this.folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  }

  drop(): void {
    for (const { stream } of Object.values(this.files)) stream.destroy();
    for (const name of Object.values(SPLITS)) rmSync(this.partial(name), { force: true });
  }

  private open(split: Split): SplitFile {
    const path = this.partial(SPLITS[split]);
    const stream = createWriteStream(path, { fd: openSync(path, 'w') });
    stream.on('error', (error) => (this.broken ??= error));
    return { stream, hash: createHash('sha256'), lines: 0 };
  }

  private partial(name: string): string {
    return join(this.folder, `${name}.partial`);
  }
}

function countedOf(line: Buffer | undefined): z.output<typeof countedSchema> {
  try {
    return countedSchema.parse(JSON.parse(line?.toString('utf8') ?? ''));
  } catch {
    throw new CommandError(
      'the server gave a line that is no example',
      'Update the server, or the command line, to the same version.',
    );
  }
}
