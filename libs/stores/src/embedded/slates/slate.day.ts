import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoggedSlate } from '@attune/sdk';
import { syncFolder } from '../folder/durable-file.js';
import { DurableLog } from '../log/durable-log.js';
import type { RecordPlace } from '../log/log-recovery.js';
import { lineBytes } from '../log/record-line.codec.js';
import { decodeHeader, decodeSlate, encodeSlate, type ShownTo } from './slate.codec.js';
import type { SlateEntry } from './slate.index.js';

/** What the name of a folder begins with whose day is being removed. */
export const REMOVED = 'removed-';

export interface SlateDayOptions {
  /** Folder that holds the days. */
  readonly folder: string;
  readonly warn: (line: string) => void;
  readonly segmentBytes: number;
  /** Called for each slate that is in the log already. */
  readonly onSlate: (entry: SlateEntry) => void;
}

/** The slates of a day: a log of its own, so that a day goes with its folder. */
export class SlateDay {
  /** Slates by segment. */
  private counts = new Map<number, number>();

  private constructor(
    readonly name: string,
    private readonly folder: string,
    private readonly log: DurableLog,
  ) {}

  /** `name`: YYYY-MM-DD. */
  static async open(name: string, { folder, warn, segmentBytes, onSlate }: SlateDayOptions): Promise<SlateDay> {
    const path = join(folder, name);
    const counts = new Map<number, number>();
    const onText = (json: string, place: RecordPlace): void => {
      counts.set(place.segment, (counts.get(place.segment) ?? 0) + 1);
      onSlate({ ...decodeHeader(json), day: name, place });
    };
    const day = new SlateDay(name, path, await DurableLog.open(path, { onText, warn, segmentBytes }));
    day.counts = counts;
    return day;
  }

  /** Number of slates. */
  get size(): number {
    let size = 0;
    for (const count of this.counts.values()) size += count;
    return size;
  }

  get sizeBytes(): number {
    return this.log.stats.bytes;
  }

  /** Durable when it resolves. */
  async append(slates: readonly LoggedSlate[]): Promise<readonly SlateEntry[]> {
    const texts = slates.map(encodeSlate);
    const start = await this.log.append(texts);
    if (start === undefined) return [];
    let { offset } = start;
    return slates.map(({ slateId, surface }, i) => {
      const place = { segment: start.segment, offset, bytes: lineBytes(texts[i]!) };
      offset += place.bytes;
      this.count(place.segment);
      return { slateId, surface, day: this.name, place };
    });
  }

  /** The slate of an entry; undefined where another or none lies there since. */
  async at({ slateId, place }: SlateEntry): Promise<LoggedSlate | undefined> {
    const json = await this.log.readAt(place);
    const slate = json === undefined ? undefined : decodeSlate(json);
    return slate?.slateId === slateId ? slate : undefined;
  }

  /** Slates in order of arrival, in pages. */
  async *scan(): AsyncGenerator<readonly LoggedSlate[]> {
    for await (const { texts } of this.log.read()) yield texts.map(decodeSlate);
  }

  /** Removes the slates shown to some people; gives their ids. `onMoved` is told where the others lie then. */
  async erase(who: ShownTo, onMoved: (entry: SlateEntry) => void): Promise<readonly string[]> {
    if (!(await this.hasSome(who))) {
      await this.log.eraseTorn();
      return [];
    }
    const erased: string[] = [];
    await this.log.filter((json) => {
      if (!who.holdsText(json)) return json;
      erased.push(decodeHeader(json).slateId);
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

  private async hasSome(who: ShownTo): Promise<boolean> {
    for await (const { texts } of this.log.read()) if (texts.some((json) => who.holdsText(json))) return true;
    return false;
  }

  private async countAgain(onMoved: (entry: SlateEntry) => void): Promise<void> {
    this.counts = new Map();
    for await (const { texts, offsets, end, segment } of this.log.read())
      for (const [i, json] of texts.entries()) {
        const offset = offsets[i]!;
        this.count(segment);
        const place = { segment, offset, bytes: (offsets[i + 1] ?? end) - offset };
        onMoved({ ...decodeHeader(json), day: this.name, place });
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
