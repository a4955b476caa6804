import type { OfPeople } from './of-people.js';
import type { RecordKind } from './record-kind.js';

/** Records held in memory until they are stored; further ones are dropped. */
const MOST_WAITING = 10_000;
/** Characters of all of them, and of one, of the kinds that can be large. */
const MOST_CHARS = 32 * 1024 * 1024;
const MOST_CHARS_OF_ONE = 1024 * 1024;

export interface WaitingRecord<T> {
  readonly record: T;
  /** When it was recorded, epoch milliseconds: the day under which it is kept. */
  readonly at: number;
}

/** Records in memory, in the order of recording, until they are stored. */
export class WaitingRecords<T extends object, W extends WaitingRecord<T> = WaitingRecord<T>> {
  private readonly records = new Map<string, W>();
  private chars = 0;

  constructor(private readonly kind: RecordKind<T>) {}

  get size(): number {
    return this.records.size;
  }

  hasRoomFor(record: T): boolean {
    const chars = this.kind.charsOf(record);
    return this.size < MOST_WAITING && chars <= MOST_CHARS_OF_ONE && this.chars + chars <= MOST_CHARS;
  }

  /** One of the same id gives it its turn. */
  set(waiting: W): void {
    const { id } = this.kind.headerOf(waiting.record);
    const before = this.records.get(id);
    this.chars += this.kind.charsOf(waiting.record) - (before === undefined ? 0 : this.kind.charsOf(before.record));
    this.records.set(id, waiting);
  }

  get(id: string): T | undefined {
    return this.records.get(id)?.record;
  }

  /** So many of those that have waited longest, or all. */
  oldest(most: number): readonly W[] {
    const oldest: W[] = [];
    for (const each of this.records.values()) {
      if (oldest.length >= most) break;
      oldest.push(each);
    }
    return oldest;
  }

  /** Lets go of what is stored, but not of what was recorded again meanwhile. */
  done(stored: readonly W[]): void {
    for (const each of stored) {
      const { id } = this.kind.headerOf(each.record);
      if (this.records.get(id) === each) this.delete(id, each);
    }
  }

  holds(people: OfPeople<T>): boolean {
    return this.of(people).length > 0;
  }

  /** Lets go of what is of these people; how many records. */
  erase(people: OfPeople<T>): number {
    const doomed = this.of(people);
    this.done(doomed);
    return doomed.length;
  }

  /** Lets go of everything; how many records. */
  clear(): number {
    const { size } = this.records;
    this.records.clear();
    this.chars = 0;
    return size;
  }

  /** Puts another in the place of each; their order stays. */
  protected renew(renewed: (waiting: W) => W): void {
    for (const [id, each] of this.records) this.records.set(id, renewed(each));
  }

  private delete(id: string, { record }: W): void {
    this.records.delete(id);
    this.chars -= this.kind.charsOf(record);
  }

  private of(people: OfPeople<T>): readonly W[] {
    return [...this.records.values()].filter(({ record }) => people.holds(record));
  }
}
