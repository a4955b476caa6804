import { AttuneError } from '@attune/sdk';
import type {
  AppendResult,
  CountsQuery,
  EventColumns,
  EventStore,
  ItemCounts,
  StoredEvent,
  TrainingData,
} from '@attune/sdk';
import { durably } from '../durably.js';
import type { OpenLog, RecordLog } from '../record-log.js';
import { EventMemory } from './event.memory.js';
import type { Who } from './histories.js';
import { ownerAt } from './people.js';

/** A write on its way to the disk. */
interface Flight {
  landed: Promise<void>;
}

/**
 * The event log on disk and everything derived from it in memory. An event is first durable, then in its user's
 * profile, then acknowledged. Training reads events up to the clock: a client whose clock runs ahead moves no decay.
 */
export class EmbeddedEventStore implements EventStore {
  private readonly inFlight = new Map<string, Flight>();

  private constructor(
    private readonly log: RecordLog,
    private readonly memory: EventMemory,
    private readonly clock: () => number,
  ) {}

  /** Reads the log; rejects with its error where it is damaged. `clock`: epoch milliseconds. */
  static async open(openLog: OpenLog, clock: () => number): Promise<EmbeddedEventStore> {
    const memory = new EventMemory();
    // The log's checksums vouch for what `append` wrote.
    const log = await openLog((record) => memory.apply(record as StoredEvent));
    return new EmbeddedEventStore(log, memory, clock);
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing of this call counts, except what another call wrote; send it again. */
  async append(events: readonly StoredEvent[]): Promise<AppendResult> {
    for (const event of events) refuseTimeless(event);
    const flight: Flight = { landed: Promise.resolve() };
    const awaited = new Set<Flight>([flight]);
    const fresh: StoredEvent[] = [];
    const created = events.map((event) => {
      const other = this.inFlight.get(event.id);
      if (other !== undefined) awaited.add(other);
      if (other !== undefined || this.memory.has(event.id)) return false;
      this.inFlight.set(event.id, flight);
      fresh.push(event);
      return true;
    });
    if (fresh.length > 0) flight.landed = this.write(fresh);
    const landings = await Promise.allSettled([...awaited].map((each) => each.landed));
    for (const landing of landings) if (landing.status === 'rejected') throw landing.reason;
    return { created };
  }

  history(who: Who, at: number): EventColumns {
    return this.memory.histories.history(who, at);
  }

  session(who: Who & { readonly sessionId?: string | undefined }, at: number): EventColumns {
    return this.memory.histories.session(who, at);
  }

  userOf(anonymousId: string, at: number): string | undefined {
    const anonymous = this.memory.people.anonymousOf(anonymousId);
    return anonymous === undefined ? undefined : ownerAt(anonymous, at)?.id;
  }

  window(query: CountsQuery): Promise<ItemCounts> {
    return this.memory.counts.window(query);
  }

  size(): number {
    return this.memory.size;
  }

  someUser(): string | undefined {
    return this.memory.someUser();
  }

  trainingData(): Promise<TrainingData> {
    return this.memory.trainingData(this.clock());
  }

  /** Waits for writes under way. */
  async close(): Promise<void> {
    await this.log.close();
  }

  private async write(fresh: readonly StoredEvent[]): Promise<void> {
    try {
      await durably(() => this.log.append(fresh));
    } finally {
      // Known or, after a failure, free to be tried again.
      for (const event of fresh) this.inFlight.delete(event.id);
    }
    for (const event of fresh) this.memory.apply(event);
  }
}

function refuseTimeless(event: StoredEvent): void {
  if (Number.isNaN(Date.parse(event.at)))
    throw new AttuneError('VALIDATION_FAILED', `event ${event.id} has no valid time: set 'at' to an ISO 8601 time`);
}
