import { resolve } from 'node:path';
import { asFolderError, DataFolderError, inFolder } from '../folder/data-folder.error.js';
import { recoverLog, type LogListeners, type RecordPlace } from './log-recovery.js';
import { dropSegments, removeTorn, rewriteLog, type RewriteTarget } from './log-rewrite.js';
import { LogSnapshot, readPlace, type RecordBatch } from './log-snapshot.js';
import { encodeRecords, type LogRecord } from './record-line.codec.js';
import { SegmentWriter } from './segment.writer.js';
import { WriteQueue, type AppendPlace } from './write-queue.js';

const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;

export interface DurableLogOptions extends LogListeners {
  /** A segment that would grow beyond this is followed by a new one; default 64 MiB. */
  readonly segmentBytes?: number;
}

export interface LogStats {
  readonly segments: number;
  readonly bytes: number;
  /** Calls of `append` acknowledged, and the syncs they took, since the log was opened. */
  readonly appends: number;
  readonly syncs: number;
}

/**
 * An append-only log of JSON records in a folder of numbered segment files, each record a line with its checksum.
 *
 * Promise: once `append` resolves, its records survive `kill -9` and power failure. Records come back in the order of
 * the calls. A call that rejects, or that a crash cuts short, may leave none, a prefix, or (a crash after the write)
 * all of its records: give records ids, skip known ids when reading, and repeat the call.
 *
 * After `FOLDER_FULL` and other failed writes the log is as before the call, and later calls may succeed; after a
 * failed sync it answers `LOG_FAILED` until it is opened again. Only one process may open a log: see `openDataFolder`.
 */
export class DurableLog {
  private readonly queue: WriteQueue;
  private closed = false;

  private constructor(
    private readonly folder: string,
    private readonly segmentBytes: number,
    private readonly writer: SegmentWriter,
  ) {
    this.queue = new WriteQueue(folder, writer);
  }

  /**
   * Opens the log in `folder` (created when missing) and replays it through `onRecord`. A write that a crash cut short
   * is moved into `<segment>.torn-<offset>`, with a line to `warn`.
   *
   * @throws DataFolderError `LOG_CORRUPT` for any other damage, before anything is changed; or the folder's errors.
   */
  static async open(folder: string, options: DurableLogOptions): Promise<DurableLog> {
    const path = resolve(folder);
    const segmentBytes = options.segmentBytes ?? DEFAULT_SEGMENT_BYTES;
    const state = await inFolder(path, () => recoverLog(path, options));
    return new DurableLog(path, segmentBytes, new SegmentWriter(path, segmentBytes, state));
  }

  /**
   * Appends records, in order; resolves when they are on disk, with the place of the first (undefined for none). Calls
   * made while a sync is under way share the next.
   *
   * @throws DataFolderError `RECORD_REFUSED` (nothing was written), `FOLDER_FULL`, `FOLDER_IO_ERROR`, `LOG_FAILED`,
   *   `LOG_CLOSED`.
   */
  async append(records: readonly LogRecord[]): Promise<AppendPlace | undefined> {
    this.refuseIfClosed();
    if (records.length === 0) return undefined;
    return await this.queue.append(encodeRecords(records));
  }

  /**
   * Replaces all records, crash-safely: after a crash the log has either the old or the new records. `records` is read
   * after every earlier append has settled; later appends follow the new records. So decide what to keep from a state
   * that changes with the append calls, not with their acknowledgement, or hold appends back. With `eraseTorn` the
   * torn writes set aside are removed too, as erasing a user requires.
   *
   * @throws What `records` throws, or as `append`: the old records remain. Only when the old files cannot be removed
   *   are the new records in place; opening the log again removes those files.
   */
  async rewrite(records: Iterable<LogRecord>, options: { readonly eraseTorn?: boolean } = {}): Promise<void> {
    await this.exclusively(async () => {
      this.writer.refuseIfFailed();
      await rewriteLog(this.target, [records]);
      if (options.eraseTorn === true) await removeTorn(this.folder);
    });
  }

  /**
   * Puts every record through `revise`, oldest first, and keeps what it returns: the JSON text as it was, another one,
   * or undefined for none. Crash-safe as `rewrite` is, exclusive with appends, some 256 KiB of records in memory at a time; torn
   * writes set aside are removed.
   *
   * @throws What `revise` throws, or as `rewrite`; `LOG_CORRUPT` where the disk has damaged a record since.
   */
  async filter(revise: (json: string) => string | undefined): Promise<void> {
    await this.exclusively(async () => {
      this.writer.refuseIfFailed();
      const snapshot = await LogSnapshot.open(this.folder, this.writer);
      try {
        await rewriteLog(this.target, revised(snapshot, revise));
      } finally {
        await snapshot.close();
      }
      await removeTorn(this.folder);
    });
  }

  /**
   * Records in order, in batches: those of every call before the first batch was asked for, as they were then, whatever
   * is appended or rewritten meanwhile.
   *
   * @throws DataFolderError `LOG_CORRUPT` where the disk has damaged a record since the log was opened.
   */
  async *read(): AsyncGenerator<RecordBatch> {
    const snapshot = await this.exclusively(() => LogSnapshot.open(this.folder, this.writer));
    try {
      yield* snapshot.batches();
    } catch (error) {
      throw asFolderError(error, this.folder);
    } finally {
      await snapshot.close();
    }
  }

  /** The JSON text at a place; undefined where no sound record of that length lies there, as after a rewrite. */
  async readAt(place: RecordPlace): Promise<string | undefined> {
    return await inFolder(this.folder, () => readPlace(this.folder, place));
  }

  /** Removes the oldest segment, crash-safely, and gives its number; undefined where only the newest one is left. */
  async dropOldest(): Promise<number | undefined> {
    return await this.exclusively(async () => {
      this.writer.refuseIfFailed();
      const { first, last } = this.writer.manifest;
      if (first >= last) return undefined;
      await dropSegments(this.target, first + 1);
      return first;
    });
  }

  /** Removes the copies of torn writes that recoveries set aside. */
  async eraseTorn(): Promise<void> {
    await this.exclusively(() => removeTorn(this.folder));
  }

  /** Counts for a status page. */
  get stats(): LogStats {
    const { manifest, bytes, syncs } = this.writer;
    return { segments: manifest.last - manifest.first + 1, bytes, appends: this.queue.appends, syncs };
  }

  /** Waits for what was asked before, then closes the file; later calls reject with `LOG_CLOSED`. */
  async close(): Promise<void> {
    this.closed = true;
    await this.queue.exclusively(() => this.writer.close());
  }

  private get target(): RewriteTarget {
    const { folder, segmentBytes, writer } = this;
    return { folder, segmentBytes, writer };
  }

  private refuseIfClosed(): void {
    if (this.closed) throw new DataFolderError('LOG_CLOSED', `The log ${this.folder} is closed: open it again.`);
  }

  private async exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.refuseIfClosed();
    return await this.queue.exclusively(work);
  }
}

async function* revised(
  snapshot: LogSnapshot,
  revise: (json: string) => string | undefined,
): AsyncGenerator<readonly string[]> {
  for await (const { texts } of snapshot.batches()) yield texts.map(revise).filter((text) => text !== undefined);
}
