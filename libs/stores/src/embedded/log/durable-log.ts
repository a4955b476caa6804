import { resolve } from 'node:path';
import { asFolderError, DataFolderError, inFolder } from '../folder/data-folder.error.js';
import { recoverLog, type LogListeners } from './log-recovery.js';
import { removeTorn, rewriteLog } from './log-rewrite.js';
import { encodeRecords, type LogRecord } from './record-line.codec.js';
import { SegmentWriter } from './segment.writer.js';

const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;
/** Appends that wait are written together up to this many bytes. */
const MAX_WRITE_BYTES = 16 * 1024 * 1024;

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

interface Waiting {
  readonly lines: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
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
  private queue: Waiting[] | undefined;
  private chain: Promise<void> = Promise.resolve();
  private appends = 0;
  private closed = false;

  private constructor(
    private readonly folder: string,
    private readonly segmentBytes: number,
    private readonly writer: SegmentWriter,
  ) {}

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
   * Appends records, in order; resolves when they are on disk. Calls made while a sync is under way share the next.
   *
   * @throws DataFolderError `RECORD_REFUSED` (nothing was written), `FOLDER_FULL`, `FOLDER_IO_ERROR`, `LOG_FAILED`,
   *   `LOG_CLOSED`.
   */
  async append(records: readonly LogRecord[]): Promise<void> {
    this.refuseIfClosed();
    if (records.length === 0) return;
    const lines = encodeRecords(records);
    await new Promise<void>((resolveAppend, reject) => {
      this.waitingQueue().push({ lines, resolve: resolveAppend, reject });
    });
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
    this.refuseIfClosed();
    await this.exclusively(async () => {
      const { folder, segmentBytes, writer } = this;
      writer.refuseIfFailed();
      await rewriteLog({ folder, segmentBytes, writer }, records);
      if (options.eraseTorn === true) await removeTorn(folder);
    });
  }

  /** Counts for a status page. */
  get stats(): LogStats {
    const { manifest, bytes, syncs } = this.writer;
    return { segments: manifest.last - manifest.first + 1, bytes, appends: this.appends, syncs };
  }

  /** Waits for what was asked before, then closes the file; later calls reject with `LOG_CLOSED`. */
  async close(): Promise<void> {
    this.closed = true;
    await this.exclusively(() => this.writer.close());
  }

  private refuseIfClosed(): void {
    if (this.closed) throw new DataFolderError('LOG_CLOSED', `The log ${this.folder} is closed: open it again.`);
  }

  private waitingQueue(): Waiting[] {
    if (this.queue !== undefined) return this.queue;
    const queue: Waiting[] = [];
    this.queue = queue;
    void this.enqueue(() => this.drain(queue));
    return queue;
  }

  /** Runs work after all earlier calls; appends made from now on wait behind it. */
  private async exclusively(work: () => Promise<void>): Promise<void> {
    this.queue = undefined;
    await this.enqueue(() => inFolder(this.folder, work));
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.chain.then(work);
    this.chain = done.catch(() => undefined);
    return done;
  }

  private async drain(queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      const [only] = batch;
      try {
        await this.writer.write(
          batch.length === 1 && only ? only.lines : Buffer.concat(batch.map((each) => each.lines)),
        );
        this.appends += batch.length;
        for (const each of batch) each.resolve();
      } catch (error) {
        for (const each of batch) each.reject(asFolderError(error, this.folder));
      }
    }
    if (this.queue === queue) this.queue = undefined;
  }
}

function takeBatch(queue: Waiting[]): Waiting[] {
  let bytes = queue[0]?.lines.length ?? 0;
  let count = 1;
  for (; count < queue.length; count++) {
    bytes += queue[count]?.lines.length ?? 0;
    if (bytes > MAX_WRITE_BYTES) break;
  }
  return queue.splice(0, count);
}
