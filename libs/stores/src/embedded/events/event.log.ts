import type { StoredEvent } from '@attune/sdk';
import { durably } from '../durably.js';
import type { ErasableLog, OpenLog } from '../record-log.js';
import { EventMemory } from './event.memory.js';
import type { PersonRecords } from './person.records.js';

const PAGE_EVENTS = 1_000;

/** The events on disk, in order of arrival. The log's checksums vouch for what `append` wrote. */
export class EventLog {
  private constructor(
    private readonly log: ErasableLog,
    /** Ids that are in the log more than once: a failed call left them there, and was repeated. */
    private readonly repeated: Set<string>,
  ) {}

  /** Opens the log and gives what its events add up to. */
  static async open(openLog: OpenLog<ErasableLog>): Promise<{ readonly log: EventLog; readonly memory: EventMemory }> {
    const memory = new EventMemory();
    const repeated = new Set<string>();
    const log = await openLog((record) => {
      const event = record as StoredEvent;
      if (!memory.apply(event)) repeated.add(event.id);
    });
    return { log: new EventLog(log, repeated), memory };
  }

  async append(events: readonly StoredEvent[]): Promise<void> {
    await durably(() => this.log.append(events));
  }

  /** Every event once, in pages of 1,000. */
  async *pages(): AsyncGenerator<readonly StoredEvent[]> {
    const seen = new Set<string>();
    let page: StoredEvent[] = [];
    for await (const { texts } of this.log.read()) {
      for (const text of texts) {
        const event = JSON.parse(text) as StoredEvent;
        if (seen.has(event.id)) continue;
        if (this.repeated.has(event.id)) seen.add(event.id);
        if (page.push(event) < PAGE_EVENTS) continue;
        yield page;
        page = [];
      }
    }
    if (page.length > 0) yield page;
  }

  /** Takes a person's events out, all or nothing; gives what the others add up to. No append may be under way. */
  async forget(person: PersonRecords): Promise<EventMemory> {
    const others = new EventMemory();
    await durably(() =>
      this.log.filter((json) => {
        const event = JSON.parse(json) as StoredEvent;
        const left = person.without(event);
        if (left === undefined || !others.apply(left)) return undefined;
        return left === event ? json : JSON.stringify(left);
      }),
    );
    this.repeated.clear();
    return others;
  }

  /** Removes what crashes left of unfinished writes. */
  async eraseTorn(): Promise<void> {
    await durably(() => this.log.eraseTorn());
  }

  async close(): Promise<void> {
    await this.log.close();
  }
}
