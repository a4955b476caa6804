import { open, rm, type FileHandle } from 'node:fs/promises';
import { DataFolderError } from '../folder/data-folder.error.js';
import { syncFolder } from '../folder/durable-file.js';
import { draftManifest, promoteManifest, segmentPath, type LogManifest } from './log-files.js';
import { markWriteStart } from './record-line.codec.js';
import type { RecoveredLog } from './log-recovery.js';

/**
 * Writes at the end of the log; one call at a time.
 *
 * A write that fails (no space) is cut off again, and the next one starts at the same place. When the cut fails, or
 * when a sync fails, nobody knows what is on disk: a page that could not be written may since count as clean, so a
 * second sync would succeed without it. The writer then refuses with `LOG_FAILED` until the log is opened again.
 */
export class SegmentWriter {
  private handle: FileHandle | undefined;
  private failure: unknown;
  private syncCount = 0;

  constructor(
    private readonly folder: string,
    private readonly segmentBytes: number,
    private state: RecoveredLog,
  ) {}

  get manifest(): LogManifest {
    return this.state.manifest;
  }

  get bytes(): number {
    return this.state.sizes.reduce((sum, size) => sum + size, 0);
  }

  get syncs(): number {
    return this.syncCount;
  }

  /** Bytes in each segment from `manifest.first` on. */
  get sizes(): readonly number[] {
    return this.state.sizes;
  }

  /**
   * Writes encoded lines and syncs them; resolves with the byte at which they start in the last segment. They go into
   * one segment, which they may make larger than its limit.
   */
  async write(lines: Buffer): Promise<number> {
    this.refuseIfFailed();
    markWriteStart(lines);
    const size = this.state.sizes.at(-1);
    if (size === undefined || (size > 0 && size + lines.length > this.segmentBytes)) await this.startSegment();
    const handle = await this.openLast();
    const offset = this.state.sizes.at(-1) ?? 0;
    try {
      await writeAll(handle, lines, offset);
    } catch (error) {
      await this.cutOff(handle, offset);
      throw error;
    }
    try {
      await handle.datasync();
    } catch (error) {
      this.failure = error;
      // The cut keeps a log reopened in this process from reading records that only the page cache still has.
      await this.cutOff(handle, offset);
      throw error;
    }
    this.syncCount += 1;
    this.state.sizes[this.state.sizes.length - 1] = offset + lines.length;
    return offset;
  }

  /** Runs a step after whose failure the state on disk is unknown. */
  async commit(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  /** Goes on at the end of other segments. */
  async moveTo(state: RecoveredLog): Promise<void> {
    this.state = state;
    await this.close();
  }

  refuseIfFailed(): void {
    if (this.failure === undefined) return;
    const cause = String(this.failure);
    const text = `The log ${this.folder} takes no more writes since one failed (${cause}): check the disk, then restart.`;
    throw new DataFolderError('LOG_FAILED', text, { cause: this.failure });
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  private async startSegment(): Promise<void> {
    const last = this.manifest.last + 1;
    await createSegment(this.folder, last);
    const manifest = { ...this.manifest, last };
    await draftManifest(this.folder, manifest);
    await this.commit(() => promoteManifest(this.folder));
    await this.moveTo({ manifest, sizes: [...this.state.sizes, 0] });
  }

  private async openLast(): Promise<FileHandle> {
    this.handle ??= await open(segmentPath(this.folder, this.manifest.last), 'r+');
    return this.handle;
  }

  private async cutOff(handle: FileHandle, offset: number): Promise<void> {
    try {
      await handle.truncate(offset);
    } catch (error) {
      this.failure ??= error;
    }
  }
}

/** Creates an empty segment whose name survives a power failure; one that cannot be is removed again. */
export async function createSegment(folder: string, number: number): Promise<void> {
  const path = segmentPath(folder, number);
  try {
    await (await open(path, 'w')).close();
    await syncFolder(folder);
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Writes all bytes at an offset, however many the system takes at a time. */
export async function writeAll(handle: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
}
