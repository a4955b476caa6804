import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../folder/data-folder.error.js';
import { createFolder, syncFolder, writeSynced } from '../folder/durable-file.js';
import { corrupt, draftManifest, listLog, segmentName, promoteManifest, segmentPath } from './log-files.js';
import type { LogListing, LogManifest } from './log-files.js';
import { isTornWrite, readFrom, readSegment } from './segment.reader.js';

export interface LogListeners {
  /** Called for each record, oldest first. An error thrown here stops the opening and comes back unchanged. */
  readonly onRecord?: (record: unknown) => void;
  /** The same for who needs no parsed record, only its text and where it lies. */
  readonly onText?: (json: string, place: RecordPlace) => void;
  /** Called with one line for each thing that was repaired. */
  readonly warn: (line: string) => void;
}

/** Where a record lies: valid until the log is rewritten. */
export interface RecordPlace {
  /** Number of the segment. */
  readonly segment: number;
  /** First byte of the record's line in it. */
  readonly offset: number;
  /** Bytes of the line. */
  readonly bytes: number;
}

/** A log that was read and repaired. */
export interface RecoveredLog {
  readonly manifest: LogManifest;
  /** Bytes in each segment from `manifest.first` on. */
  readonly sizes: number[];
}

/**
 * Reads a log from its folder (created when missing), then repairs what a crash may leave. All checks come before the
 * first change, so `LOG_CORRUPT` leaves every byte as it was. The last segment and the folder are synced: a record
 * read back from the page cache of a killed process may not be on disk yet, and whoever retries it is told that it is
 * stored.
 */
export async function recoverLog(folder: string, listeners: LogListeners): Promise<RecoveredLog> {
  await createFolder(folder);
  const listing = await listLog(folder);
  const manifest = { ...(listing.manifest ?? { first: 1, last: 0 }), rewriting: false };
  const leftovers = await findLeftovers(folder, listing, manifest);
  const sizes: number[] = [];
  let tornAt: number | undefined;
  for (let number = manifest.first; number <= manifest.last; number++) {
    const reading = await replaySegment(folder, number, listeners);
    sizes.push(reading.soundBytes);
    if (reading.soundBytes === reading.size) continue;
    await refuseUnlessTorn(folder, number, manifest.last, reading.soundBytes);
    tornAt = reading.soundBytes;
  }
  for (const number of leftovers) await rm(segmentPath(folder, number));
  if (tornAt !== undefined) listeners.warn(await setAside(folder, manifest.last, tornAt));
  if (listing.manifest === undefined || listing.manifest.rewriting) {
    await draftManifest(folder, manifest);
    await promoteManifest(folder);
  }
  if (manifest.last >= manifest.first) await syncSegment(segmentPath(folder, manifest.last));
  await syncFolder(folder);
  return { manifest, sizes };
}

/** Segments that count for nothing: rewritten ones, those of an unfinished rewrite, an empty one just created. */
async function findLeftovers(folder: string, listing: LogListing, live: LogManifest): Promise<number[]> {
  const found = new Set(listing.segments);
  for (let number = live.first; number <= live.last; number++) {
    if (!found.has(number)) throw corrupt(folder, segmentName(number), 'it is missing: restore it from a backup');
  }
  const leftovers = listing.segments.filter((number) => number < live.first || number > live.last);
  if (listing.manifest?.rewriting === true) return leftovers;
  for (const number of leftovers.filter((each) => each > live.last)) {
    const { size } = await stat(segmentPath(folder, number));
    if (size > 0) throw corrupt(folder, segmentName(number), 'the manifest does not know it: move it away');
  }
  return leftovers;
}

async function replaySegment(folder: string, number: number, { onRecord, onText }: LogListeners) {
  return await readSegment(segmentPath(folder, number), (json, offset, end) => {
    onText?.(json, { segment: number, offset, bytes: end - offset });
    onRecord?.(parse(json, folder, `${segmentName(number)} at byte ${offset}`));
  });
}

function parse(json: string, folder: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw corrupt(
      folder,
      where,
      'the record is not JSON although its checksum is right; restore the file from a backup',
    );
  }
}

async function refuseUnlessTorn(folder: string, number: number, last: number, offset: number): Promise<void> {
  if (number === last && (await isTornWrite(segmentPath(folder, number), offset))) return;
  const fix = 'a record there is damaged and stored ones follow; restore the file from a backup';
  throw corrupt(folder, `${segmentName(number)} at byte ${offset}`, fix);
}

/** Copies the torn end of a segment into a file of its own, then cuts it off; returns the line to warn with. */
async function setAside(folder: string, number: number, offset: number): Promise<string> {
  const path = segmentPath(folder, number);
  const bytes = await readFrom(path, offset);
  const name = await writeUnderFreeName(folder, `${segmentName(number)}.torn-${offset}`, bytes);
  await syncFolder(folder);
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(offset);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const text = `An unfinished write of ${bytes.length} bytes at byte ${offset} of ${path} was set aside in ${name}`;
  return `${text}: a crash cut it short before it was acknowledged, and its sender repeats it.`;
}

async function writeUnderFreeName(folder: string, name: string, bytes: Buffer): Promise<string> {
  for (let copy = 1; ; copy++) {
    const candidate = copy === 1 ? name : `${name}.${copy}`;
    try {
      await writeSynced(join(folder, candidate), bytes, 'wx');
      return candidate;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

async function syncSegment(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
