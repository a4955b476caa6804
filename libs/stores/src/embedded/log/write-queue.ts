import { asFolderError, inFolder } from '../folder/data-folder.error.js';
import { Turns } from '../turns.js';
import type { RecordPlace } from './log-recovery.js';
import type { SegmentWriter } from './segment.writer.js';

/** Appends that wait are written together up to this many bytes. */
const MAX_WRITE_BYTES = 16 * 1024 * 1024;

/** Where the first record of a call was written; the others follow it, `lineBytes` each. */
export type AppendPlace = Omit<RecordPlace, 'bytes'>;

interface Waiting {
  readonly lines: Buffer;
  readonly resolve: (place: AppendPlace) => void;
  readonly reject: (error: unknown) => void;
}

/** What is done to a log, one thing after the other in the order of the calls; appends that wait share a sync. */
export class WriteQueue {
  /** Appends asked for lately, nothing else since: the next one may join them. */
  private waiting: Waiting[] | undefined;
  private readonly turns = new Turns();
  private acknowledged = 0;

  constructor(
    private readonly folder: string,
    private readonly writer: SegmentWriter,
  ) {}

  /** Calls of `append` acknowledged. */
  get appends(): number {
    return this.acknowledged;
  }

  async append(lines: Buffer): Promise<AppendPlace> {
    return await new Promise((resolve, reject) => {
      this.joinWaiting({ lines, resolve, reject });
    });
  }

  /** Runs work after all earlier calls; appends made from now on wait behind it. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.waiting = undefined;
    return await this.turns.take(() => inFolder(this.folder, work));
  }

  private joinWaiting(append: Waiting): void {
    if (this.waiting !== undefined) {
      this.waiting.push(append);
      return;
    }
    const waiting = [append];
    this.waiting = waiting;
    void this.turns.take(() => this.drain(waiting));
  }

  private async drain(waiting: Waiting[]): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch(waiting);
      const [only] = batch;
      try {
        const lines = batch.length === 1 && only ? only.lines : Buffer.concat(batch.map((each) => each.lines));
        let offset = await this.writer.write(lines);
        this.acknowledged += batch.length;
        for (const each of batch) {
          each.resolve({ segment: this.writer.manifest.last, offset });
          offset += each.lines.length;
        }
      } catch (error) {
        for (const each of batch) each.reject(asFolderError(error, this.folder));
      }
    }
    if (this.waiting === waiting) this.waiting = undefined;
  }
}

function takeBatch(waiting: Waiting[]): Waiting[] {
  let bytes = waiting[0]?.lines.length ?? 0;
  let count = 1;
  for (; count < waiting.length; count++) {
    bytes += waiting[count]?.lines.length ?? 0;
    if (bytes > MAX_WRITE_BYTES) break;
  }
  return waiting.splice(0, count);
}
