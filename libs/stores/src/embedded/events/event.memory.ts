import type { StoredEvent, TrainingData } from '@attune/sdk';
import { EntryTable } from './entry.table.js';
import { Histories } from './histories.js';
import { WindowedCounts } from './item-counts.js';
import { People } from './people.js';
import { Timeline } from './timeline.js';
import { trainingColumns } from './training.columns.js';

/** What the events of a tenant add up to: all of it follows from the log. */
export class EventMemory {
  readonly table = new EntryTable();
  readonly timeline = new Timeline(this.table);
  private readonly ids = new Set<string>();
  readonly people = new People(this.table);
  readonly histories = new Histories(this.table, this.people);
  readonly counts = new WindowedCounts(this.table, this.timeline);

  /** Number of events. */
  get size(): number {
    return this.ids.size;
  }

  has(eventId: string): boolean {
    return this.ids.has(eventId);
  }

  /** False for an id that is there already: a call that failed may be in the log all the same, and was repeated. */
  apply(event: StoredEvent): boolean {
    if (this.ids.has(event.id)) return false;
    this.ids.add(event.id);
    this.people.add(event, Date.parse(event.at));
    return true;
  }

  trainingData(until: number, admits: (userId: string) => boolean): Promise<TrainingData> {
    return trainingColumns(this, until, admits);
  }

  /** The known user who touched an item last. */
  someUser(): string | undefined {
    const entries = this.timeline.entries();
    for (let place = entries.length - 1; place >= 0; place--) {
      const subject = this.people.subject(this.table.subjects[entries[place]!]!);
      if (subject?.anonymous === false && this.table.items[entries[place]!]! >= 0) return subject.id;
    }
    return undefined;
  }
}
