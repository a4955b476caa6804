import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dayOf, type LogRetention } from '../../day-log/log-retention.js';
import { createFolder } from '../folder/durable-file.js';
import { LogDay, removeDay, REMOVED, type LogDayOptions } from './log.day.js';

const DAY_MS = 86_400_000;
const NAME = /^\d{4}-\d{2}-\d{2}$/;

interface DaysOptions<T extends object> extends LogDayOptions<T> {
  readonly retention: Required<LogRetention>;
}

/** The days in a folder, oldest first, and their end. One call at a time. */
export class LogDays<T extends object> {
  private constructor(
    private readonly options: DaysOptions<T>,
    private readonly days: Map<string, LogDay<T>>,
  ) {}

  /** Opens the days that are there and not over; removes the others unread. */
  static async open<T extends object>(options: DaysOptions<T>, now: number): Promise<LogDays<T>> {
    const { folder, retention } = options;
    await createFolder(folder);
    const days = new Map<string, LogDay<T>>();
    for (const name of (await readdir(folder)).sort()) {
      if (name.startsWith(REMOVED)) await rm(join(folder, name), { recursive: true, force: true });
      else if (NAME.test(name) && isOver(name, now, retention)) await removeDay(folder, name);
      else if (NAME.test(name)) days.set(name, await LogDay.open(name, options));
    }
    return new LogDays(options, days);
  }

  all(): readonly LogDay<T>[] {
    return [...this.days.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): LogDay<T> | undefined {
    return this.days.get(name);
  }

  /** A day, begun where it is new. */
  async of(name: string): Promise<LogDay<T>> {
    let day = this.days.get(name);
    if (day === undefined) this.days.set(name, (day = await LogDay.open(name, this.options)));
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

  private async remove(day: LogDay<T>): Promise<void> {
    this.days.delete(day.name);
    await day.remove();
  }
}

function isOver(name: string, now: number, { days }: Required<LogRetention>): boolean {
  return name <= dayOf(now - days * DAY_MS);
}
