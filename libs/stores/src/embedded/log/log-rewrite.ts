import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../folder/durable-file.js';
import { draftManifest, listLog, promoteManifest, segmentPath } from './log-files.js';
import { encodeRecords, markWriteStart, type LogRecord } from './record-line.codec.js';
import type { RecoveredLog } from './log-recovery.js';
import { createSegment, writeAll, type SegmentWriter } from './segment.writer.js';

const CHUNK_RECORDS = 2_000;
const CHUNK_BYTES = 1024 * 1024;

export interface RewriteTarget {
  readonly folder: string;
  readonly segmentBytes: number;
  readonly writer: SegmentWriter;
}

type Batch = Iterable<LogRecord>;
/** New records of a log, in batches as they are had. */
export type Records = Iterable<Batch> | AsyncIterable<Batch>;

/**
 * Replaces the content of a log: (1) the manifest says that segments beyond `last` count for nothing, (2) the records
 * are written and synced there, (3) one rename of the manifest makes them the log, (4) the old segments are removed. A
 * crash before (3) leaves the old log, after it the new one; opening removes the other.
 */
export async function rewriteLog(target: RewriteTarget, records: Records): Promise<void> {
  const { folder, writer } = target;
  const before = writer.manifest;
  await draftManifest(folder, { ...before, rewriting: true });
  await writer.commit(() => promoteManifest(folder));
  let after: RecoveredLog;
  try {
    const sizes = await writeSegments(target, before.last + 1, records);
    after = { manifest: { first: before.last + 1, last: before.last + sizes.length, rewriting: false }, sizes };
    await draftManifest(folder, after.manifest);
  } catch (error) {
    await writer.commit(async () => {
      await removeSegments(folder, (number) => number > before.last);
      await draftManifest(folder, before);
      await promoteManifest(folder);
    });
    throw error;
  }
  await writer.commit(() => promoteManifest(folder));
  await writer.moveTo(after);
  await removeSegments(folder, (number) => number <= before.last);
}

/** Removes the oldest segments, `first` and later stay: a crash leaves all of a segment or nothing of it. */
export async function dropSegments({ folder, writer }: RewriteTarget, first: number): Promise<void> {
  const { manifest, sizes } = writer;
  const after = { manifest: { ...manifest, first }, sizes: sizes.slice(first - manifest.first) };
  await draftManifest(folder, after.manifest);
  await writer.commit(() => promoteManifest(folder));
  await writer.moveTo(after);
  await removeSegments(folder, (number) => number < first);
}

/** Removes the copies of torn writes, which may hold what a user asked to erase. */
export async function removeTorn(folder: string): Promise<void> {
  for (const name of (await listLog(folder)).torn) await rm(join(folder, name));
  await syncFolder(folder);
}

async function writeSegments(target: RewriteTarget, first: number, records: Records): Promise<number[]> {
  const sizes: number[] = [];
  const chunks = encodedChunks(records);
  let next = await chunks.next();
  do {
    const number = first + sizes.length;
    await createSegment(target.folder, number);
    const handle = await open(segmentPath(target.folder, number), 'r+');
    try {
      let size = 0;
      while (!next.done && (size === 0 || size + next.value.length <= target.segmentBytes)) {
        markWriteStart(next.value);
        await writeAll(handle, next.value, size);
        size += next.value.length;
        next = await chunks.next();
      }
      await handle.sync();
      sizes.push(size);
    } finally {
      await handle.close();
    }
  } while (!next.done);
  return sizes;
}

async function* encodedChunks(records: Records): AsyncGenerator<Buffer, undefined> {
  let chunk: LogRecord[] = [];
  let characters = 0;
  for await (const batch of records) {
    for (const record of batch) {
      const text = typeof record === 'string' ? record : JSON.stringify(record);
      chunk.push(text);
      characters += text.length;
      if (chunk.length < CHUNK_RECORDS && characters < CHUNK_BYTES) continue;
      yield encodeRecords(chunk);
      chunk = [];
      characters = 0;
    }
  }
  if (chunk.length > 0) yield encodeRecords(chunk);
  return undefined;
}

async function removeSegments(folder: string, doomed: (number: number) => boolean): Promise<void> {
  const { segments } = await listLog(folder);
  for (const number of segments.filter(doomed)) await rm(segmentPath(folder, number), { force: true });
  await syncFolder(folder);
}
