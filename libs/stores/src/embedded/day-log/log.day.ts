import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OfPeople } from '../../day-log/of-people.js';
import type { RecordCodec } from '../../day-log/record.codec.js';
import { syncFolder } from '../folder/durable-file.js';
import { DurableLog } from '../log/durable-log.js';
import type { RecordPlace } from '../log/log-recovery.js';
import { lineBytes } from '../log/record-line.codec.js';
import type { RecordEntry } from './record.index.js';

/** What the name of a folder begins with whose day is being removed. */
export const REMOVED = 'removed-';

export interface LogDayOptions<T extends object> {
  readonly codec: RecordCodec<T>;
  /** Folder that holds the days. */
  readonly folder: string;
  readonly warn: (line: string) => void;
  readonly segmentBytes: number;
  /** Called for each record that is in the log already. */
  readonly onRecord: (entry: RecordEntry) => void;
}

/** The records of a day: a log of its own, so that a day goes with its folder. */
export class LogDay<T extends object> {
  /** Records by segment. */
  private counts = new Map<number, number>();

  private constructor(
    readonly name: string,
    private readonly folder: string,
    private readonly codec: RecordCodec<T>,
    private readonly log: DurableLog,
  ) {}

  /** `name`: YYYY-MM-DD. */
  static async open<T extends object>(name: string, options: LogDayOptions<T>): Promise<LogDay<T>> {
    const { codec, folder, warn, segmentBytes, onRecord } = options;
    const path = join(folder, name);
    const counts = new Map<number, number>();
    const onText = (json: string, place: RecordPlace): void => {
      counts.set(place.segment, (counts.get(place.segment) ?? 0) + 1);
      onRecord({ ...codec.decodeHeader(json), day: name, place });
    };
    const day = new LogDay(name, path, codec, await DurableLog.open(path, { onText, warn, segmentBytes }));
    day.counts = counts;
    return day;
  }

  /** Number of records. */
  get size(): number {
    let size = 0;
    for (const count of this.counts.values()) size += count;
    return size;
  }

  get sizeBytes(): number {
    return this.log.stats.bytes;
  }

  /** Durable when it resolves. */
  async append(records: readonly T[]): Promise<readonly RecordEntry[]> {
    const texts = records.map(this.codec.encode);
    const start = await this.log.append(texts);
    if (start === undefined) return [];
    let { offset } = start;
    return records.map((record, i) => {
      const place = { segment: start.segment, offset, bytes: lineBytes(texts[i]!) };
      offset += place.bytes;
      this.count(place.segment);
      return { ...this.codec.kind.headerOf(record), day: this.name, place };
    });
  }

  /** The record of an entry; undefined where another or none lies there since. */
  async at({ id, place }: RecordEntry): Promise<T | undefined> {
    const json = await this.log.readAt(place);
    const record = json === undefined ? undefined : this.codec.decode(json);
    return record !== undefined && this.codec.kind.headerOf(record).id === id ? record : undefined;
  }

  /** Records in order of arrival, in pages. */
  async *scan(): AsyncGenerator<readonly T[]> {
    for await (const { texts } of this.log.read()) yield texts.map(this.codec.decode);
  }

  /** Removes the records of some people; gives their ids. `onMoved` is told where the others lie then. */
  async erase(people: OfPeople<T>, onMoved: (entry: RecordEntry) => void): Promise<readonly string[]> {
    if (!(await this.hasSome(people))) {
      await this.log.eraseTorn();
      return [];
    }
    const erased: string[] = [];
    await this.log.filter((json) => {
      if (!people.holdsText(json)) return json;
      erased.push(this.codec.decodeHeader(json).id);
      return undefined;
    });
    await this.countAgain(onMoved);
    return erased;
  }

  /** Removes the oldest part of the day; false where there is but one. */
  async dropOldest(): Promise<boolean> {
    const segment = await this.log.dropOldest();
    if (segment !== undefined) this.counts.delete(segment);
    return segment !== undefined;
  }

  /** Removes the day from disk. */
  async remove(): Promise<void> {
    await this.close();
    await removeDay(dirname(this.folder), this.name);
  }

  async close(): Promise<void> {
    await this.log.close();
  }

  private async hasSome(people: OfPeople<T>): Promise<boolean> {
    for await (const { texts } of this.log.read()) if (texts.some((json) => people.holdsText(json))) return true;
    return false;
  }

  private async countAgain(onMoved: (entry: RecordEntry) => void): Promise<void> {
    this.counts = new Map();
    for await (const { texts, offsets, end, segment } of this.log.read())
      for (const [i, json] of texts.entries()) {
        const offset = offsets[i]!;
        this.count(segment);
        const place = { segment, offset, bytes: (offsets[i + 1] ?? end) - offset };
        onMoved({ ...this.codec.decodeHeader(json), day: this.name, place });
      }
  }

  private count(segment: number): void {
    this.counts.set(segment, (this.counts.get(segment) ?? 0) + 1);
  }
}

/** Removes the folder of a day. Renamed first: a crash half-way leaves no log that looks damaged. */
export async function removeDay(folder: string, name: string): Promise<void> {
  const doomed = join(folder, `${REMOVED}${name}`);
  await rm(doomed, { recursive: true, force: true });
  await rename(join(folder, name), doomed);
  await syncFolder(folder);
  await rm(doomed, { recursive: true, force: true });
}
