import type { RecordPlace } from '../log/log-recovery.js';
import type { SlateHeader } from './slate.codec.js';

/** Where a slate lies. */
export interface SlateEntry extends SlateHeader {
  /** Its folder's name. */
  readonly day: string;
  readonly place: RecordPlace;
}

/**
 * Where the newest slates lie, by id, in order of arrival. Two generations: when the younger has half of `capacity`
 * entries the older one is forgotten, so that half of it at least is always there.
 */
export class SlateIndex {
  private young = new Map<string, SlateEntry>();
  private old = new Map<string, SlateEntry>();

  constructor(private readonly capacity: number) {}

  add(entry: SlateEntry): void {
    if (this.young.size >= this.capacity / 2) {
      this.old = this.young;
      this.young = new Map();
    }
    this.delete(entry.slateId);
    this.young.set(entry.slateId, entry);
  }

  get(slateId: string): SlateEntry | undefined {
    return this.young.get(slateId) ?? this.old.get(slateId);
  }

  delete(slateId: string): void {
    this.young.delete(slateId);
    this.old.delete(slateId);
  }

  /** A record of the slate lies elsewhere now; the slate keeps its turn. */
  move(entry: SlateEntry): void {
    for (const entries of [this.young, this.old])
      if (entries.get(entry.slateId)?.day === entry.day) entries.set(entry.slateId, entry);
  }

  newestFirst(): readonly SlateEntry[] {
    return [...this.old.values(), ...this.young.values()].reverse();
  }
}
