import type { RecordHeader } from '../../day-log/record-kind.js';
import type { RecordPlace } from '../log/log-recovery.js';

/** Where a record lies. */
export interface RecordEntry extends RecordHeader {
  /** Its folder's name. */
  readonly day: string;
  readonly place: RecordPlace;
}

/**
 * Where the newest records lie, by id, in order of arrival. Two generations: when the younger has half of `capacity`
 * entries the older one is forgotten, so that half of it at least is always there.
 */
export class RecordIndex {
  private young = new Map<string, RecordEntry>();
  private old = new Map<string, RecordEntry>();

  constructor(private readonly capacity: number) {}

  add(entry: RecordEntry): void {
    if (this.young.size >= this.capacity / 2) {
      this.old = this.young;
      this.young = new Map();
    }
    this.delete(entry.id);
    this.young.set(entry.id, entry);
  }

  get(id: string): RecordEntry | undefined {
    return this.young.get(id) ?? this.old.get(id);
  }

  delete(id: string): void {
    this.young.delete(id);
    this.old.delete(id);
  }

  /** A record lies elsewhere now; it keeps its turn. */
  move(entry: RecordEntry): void {
    for (const entries of [this.young, this.old])
      if (entries.get(entry.id)?.day === entry.day) entries.set(entry.id, entry);
  }

  newestFirst(): readonly RecordEntry[] {
    return [...this.old.values(), ...this.young.values()].reverse();
  }
}
