import { open, type FileHandle } from 'node:fs/promises';
import { systemCode } from '../folder/data-folder.error.js';
import { corrupt, segmentName, segmentPath, type LogManifest } from './log-files.js';
import type { RecordPlace } from './log-recovery.js';
import { isSoundLine, PREFIX_BYTES } from './record-line.codec.js';
import { readLines, type LineBatch } from './segment.reader.js';

/** Some records of one segment, in order. */
export interface RecordBatch extends LineBatch {
  /** Number of the segment. */
  readonly segment: number;
}

/** A log as it was at a moment. Its files are held open, so that a rewrite may remove their names meanwhile. */
export class LogSnapshot {
  private constructor(
    private readonly folder: string,
    private readonly manifest: LogManifest,
    private readonly sizes: readonly number[],
    private readonly handles: FileHandle[],
  ) {}

  /** To be called while nothing is written. */
  static async open(
    folder: string,
    { manifest, sizes }: { readonly manifest: LogManifest; readonly sizes: readonly number[] },
  ): Promise<LogSnapshot> {
    const snapshot = new LogSnapshot(folder, manifest, [...sizes], []);
    try {
      for (let number = manifest.first; number <= manifest.last; number++)
        snapshot.handles.push(await open(segmentPath(folder, number), 'r'));
      return snapshot;
    } catch (error) {
      await snapshot.close();
      throw error;
    }
  }

  /** @throws DataFolderError `LOG_CORRUPT` where the disk has damaged a record since the log was opened. */
  async *batches(): AsyncGenerator<RecordBatch> {
    for (const [i, handle] of this.handles.entries()) {
      const segment = this.manifest.first + i;
      const size = this.sizes[i] ?? 0;
      let end = 0;
      for await (const batch of readLines(handle, size)) {
        yield { ...batch, segment };
        end = batch.end;
      }
      const where = `${segmentName(segment)} at byte ${end}`;
      if (end < size) throw corrupt(this.folder, where, 'a record there is damaged; restore the file from a backup');
    }
  }

  async close(): Promise<void> {
    for (const handle of this.handles.splice(0)) await handle.close();
  }
}

/** The JSON text of the sound record at a place; undefined where there is none of that length. */
export async function readPlace(folder: string, { segment, offset, bytes }: RecordPlace): Promise<string | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(segmentPath(folder, segment), 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const line = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(line, 0, bytes, offset);
    if (bytesRead < bytes || !isSoundLine(line, 0, bytes - 1)) return undefined;
    return line.toString('utf8', PREFIX_BYTES, bytes - 1);
  } finally {
    await handle.close();
  }
}
