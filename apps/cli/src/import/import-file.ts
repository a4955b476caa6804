import { basename } from 'node:path';
import type { ServedRun } from '../commands/command.js';
import { CommandError, Interrupted, UsageError } from '../exit-code.js';
import { batchesOf, isBroken, type RowBatch } from './batches.js';
import { loadMapping, type Mapping } from './mapping.schema.js';
import { importDigest, ProgressFile, type Counts, type Progress } from './progress.file.js';
import { formatOf, readRows, type Format } from './read-rows.js';
import { RejectedFile, type Rejected } from './rejected.file.js';
import { fieldNames, mapperAsIs, mapperByName, mapperOf, type RowMapper } from './row-mapper.js';
import type { Row } from './row.js';
import { sizeOf } from './source-bytes.js';
import { sendBatch, type Sent } from './send-batch.js';
import type { Target } from './target.js';

export interface ImportOptions {
  readonly file: string;
  readonly target: Target;
  readonly mapping?: string | undefined;
  readonly format?: Format | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  /** Names the place the rows go to: progress counts for this one only. */
  readonly destination: string;
}

export interface ImportOutcome extends Counts {
  readonly file: string;
  /** Where the rejected rows are, where there are any. */
  readonly rejectedFile?: string;
  /** Line it went on after; 0: it began at the beginning. */
  readonly resumedAfter: number;
  /** The last job that embeds what was sent. */
  readonly jobId?: string;
}

/** Rejected rows told one by one on stderr; all are in the file. */
const TOLD = 10;

/**
 * Imports a file row by row, in constant memory. Good rows are kept, bad ones are told with line and reason. Where it was
 * cut short, the same import goes on after the last batch that is on disk.
 */
export async function importFile(options: ImportOptions, running: ServedRun): Promise<ImportOutcome> {
  const { file, target } = options;
  const mapping = options.mapping === undefined ? undefined : await loadMapping(options.mapping, target);
  await sizeOf(file);
  const how = readingOf(options, mapping);
  const digest = await importDigest(file, [target, mapping, how, options.destination]);
  const progressFile = new ProgressFile(`${file}.attune-progress`, digest);
  const start = await progressFile.read();
  if (start.line > 0) running.output.note(`going on after line ${start.line}, up to which everything is in`);
  const rejectedFile = await RejectedFile.open(`${file}.rejected.jsonl`, start.rejectedBytes);
  const reading = await readingShown(`${basename(file)}, ${how.format === 'parquet' ? 'rows' : 'kB'}`, running);
  const rows = readRows(file, { ...how, onRead: reading.onRead });
  const batches = batchesOf(rows, mapperChooser(options, mapping, how.format, running), start.line);
  try {
    const end = await sendAll(batches, { start, progressFile, rejectedFile, target, running });
    await progressFile.remove();
    if (sumOf(end.counts) === 0)
      throw new CommandError(`${file} holds no rows`, 'Export it again; nothing was imported.');
    reading.done();
    return {
      file,
      ...end.counts,
      ...(end.counts.rejected > 0 && { rejectedFile: rejectedFile.path }),
      resumedAfter: start.line,
      ...(end.jobId !== undefined && { jobId: end.jobId }),
    };
  } finally {
    reading.stop();
  }
}

/** Shows how much of a file is read. It is done when everything is in, which is later. */
async function readingShown(title: string, { output }: ServedRun) {
  const bars = await output.progress();
  let whole = 1;
  return {
    onRead: (done: number, total: number): void => bars.show(title, Math.min(done, (whole = total) - 1), total),
    done: (): void => bars.show(title, whole, whole),
    stop: (): void => bars.stop('stopped'),
  };
}

interface Sending {
  readonly start: Progress;
  readonly progressFile: ProgressFile;
  readonly rejectedFile: RejectedFile;
  readonly target: Target;
  readonly running: ServedRun;
}

/** Sends batch after batch; after each one it is written down how far it came. */
async function sendAll(
  batches: AsyncIterable<RowBatch>,
  { start, progressFile, rejectedFile, target, running }: Sending,
): Promise<Progress & { readonly jobId?: string | undefined }> {
  let progress = start;
  let jobId: string | undefined;
  const { client, output, signal } = running;
  for await (const batch of batches) {
    const sent = await sendBatch(batch.rows, target, client);
    jobId = sent.jobId ?? jobId;
    const rejected = [...batch.rejected, ...sent.rejected].sort((a, b) => a.line - b.line);
    tell(rejected, progress.counts.rejected, output.note.bind(output));
    await rejectedFile.append(rejected);
    progress = {
      ...progress,
      line: batch.line,
      counts: added(progress.counts, batch, sent, rejected.length),
      rejectedBytes: rejectedFile.sizeBytes,
    };
    await progressFile.write(progress);
    if (signal.aborted)
      throw new Interrupted(
        `stopped after line ${batch.line}: everything up to it is in`,
        'run the same command again, and it goes on there',
      );
  }
  return { ...progress, jobId };
}

const added = (counts: Counts, batch: RowBatch, sent: Sent, rejected: number): Counts => ({
  accepted: counts.accepted + sent.accepted,
  known: counts.known + sent.known,
  rejected: counts.rejected + rejected,
  skipped: counts.skipped + batch.skipped,
});

const sumOf = ({ accepted, known, rejected, skipped }: Counts): number => accepted + known + rejected + skipped;

function tell(rejected: readonly Rejected[], before: number, note: (line: string) => void): void {
  for (const { line, reason } of rejected.slice(0, Math.max(0, TOLD - before))) note(`line ${line}: ${reason}`);
  if (before < TOLD && before + rejected.length >= TOLD) note('… further rejected rows are in the file');
}

function readingOf({ file, format, encoding, delimiter }: ImportOptions, mapping: Mapping | undefined) {
  return {
    format: format ?? mapping?.format ?? formatOf(file),
    encoding: encoding ?? mapping?.encoding,
    delimiter: delimiter ?? mapping?.delimiter,
  };
}

/** The mapper of a file: by its mapping; without one JSON goes as it is, and columns by their names, seen at the first row. */
function mapperChooser(
  { file, target }: ImportOptions,
  mapping: Mapping | undefined,
  format: Format,
  { output }: ServedRun,
): (row: Row) => RowMapper {
  let mapper = mapping === undefined ? undefined : mapperOf(mapping, target);
  if (mapping === undefined && format === 'jsonl') mapper = mapperAsIs(target);
  return (row) => {
    if (mapper !== undefined || isBroken(row)) return mapper!;
    const columns = Object.keys(row.columns);
    const named = mapperByName(columns, target);
    if (named.ignored.length === columns.length)
      throw new UsageError(
        `no column of ${file} is named like a field of ${target}: ${columns.slice(0, 20).join(', ')}`,
        `Name them ${fieldNames(target)}, or give --mapping (docs/guides/import.md).`,
      );
    if (named.ignored.length > 0)
      output.note(
        `columns left out, being no fields of ${target}: ${named.ignored.join(', ')} (--mapping can use them)`,
      );
    return (mapper = named.mapper);
  };
}
