import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolder } from '../folder/durable-file.js';
import { removeDay, REMOVED, SlateDay, type SlateDayOptions } from './slate.day.js';

const DAY_MS = 86_400_000;
const NAME = /^\d{4}-\d{2}-\d{2}$/;

/** How long slates are kept: whatever is reached first, the oldest go. */
export interface SlateRetention {
  /** Days, today included; default 30. */
  readonly days?: number;
  /** Bytes on disk; default 512 MiB. */
  readonly bytes?: number;
}

interface DaysOptions extends SlateDayOptions {
  readonly retention: Required<SlateRetention>;
}

/** Name of the day of a moment, epoch milliseconds, in UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The days in a folder, oldest first, and their end. One call at a time. */
export class SlateDays {
  private constructor(
    private readonly options: DaysOptions,
    private readonly days: Map<string, SlateDay>,
  ) {}

  /** Opens the days that are there and not over; removes the others unread. */
  static async open(options: DaysOptions, now: number): Promise<SlateDays> {
    const { folder, retention } = options;
    await createFolder(folder);
    const days = new Map<string, SlateDay>();
    for (const name of (await readdir(folder)).sort()) {
      if (name.startsWith(REMOVED)) await rm(join(folder, name), { recursive: true, force: true });
      else if (NAME.test(name) && isOver(name, now, retention)) await removeDay(folder, name);
      else if (NAME.test(name)) days.set(name, await SlateDay.open(name, options));
    }
    return new SlateDays(options, days);
  }

  all(): readonly SlateDay[] {
    return [...this.days.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): SlateDay | undefined {
    return this.days.get(name);
  }

  /** A day, begun where it is new. */
  async of(name: string): Promise<SlateDay> {
    let day = this.days.get(name);
    if (day === undefined) this.days.set(name, (day = await SlateDay.open(name, this.options)));
    return day;
  }

  /** Removes what is over: whole days by age, by size the oldest part of the oldest day. */
  async prune(now: number): Promise<void> {
    const { retention } = this.options;
    for (const day of this.all()) if (isOver(day.name, now, retention)) await this.remove(day);
    while (this.sizeBytes > retention.bytes) {
      const [oldest, next] = this.all();
      if (oldest === undefined || (await oldest.dropOldest())) continue;
      // What is written to right now stays.
      if (next === undefined) return;
      await this.remove(oldest);
    }
  }

  get size(): number {
    return this.all().reduce((sum, day) => sum + day.size, 0);
  }

  get sizeBytes(): number {
    return this.all().reduce((sum, day) => sum + day.sizeBytes, 0);
  }

  async close(): Promise<void> {
    for (const day of this.days.values()) await day.close();
  }

  private async remove(day: SlateDay): Promise<void> {
    this.days.delete(day.name);
    await day.remove();
  }
}

function isOver(name: string, now: number, { days }: Required<SlateRetention>): boolean {
  return name <= dayOf(now - days * DAY_MS);
}
