import { AttuneError } from '@attune/sdk';
import type {
  AppendResult,
  CountsQuery,
  ErasedEvents,
  EventColumns,
  EventStore,
  ItemCounts,
  StoredEvent,
  TrainingData,
} from '@attune/sdk';
import type { ErasableLog, OpenLog } from '../record-log.js';
import { EventLog } from './event.log.js';
import type { EventMemory } from './event.memory.js';
import type { Who } from './histories.js';
import { ownerAt } from './people.js';
import { PersonRecords } from './person.records.js';

/** A write on its way to the disk. */
interface Flight {
  landed: Promise<void>;
}

export interface EventStoreOptions {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** One line for each listener that threw. */
  readonly warn: (line: string) => void;
}

/**
 * The event log on disk and everything derived from it in memory. An event is first durable, then in its user's
 * profile, then acknowledged. Training reads events up to the clock: a client whose clock runs ahead moves no decay.
 *
 * Erasing a user rewrites the log without him and builds a second memory from what it keeps, which then takes the
 * place of the first. It waits for the appends called before it, and those called after it wait for it: no event falls
 * between the two memories, and none gets into both.
 */
export class EmbeddedEventStore implements EventStore {
  private readonly inFlight = new Map<string, Flight>();
  private readonly listeners = new Set<(event: StoredEvent) => void>();
  /** Settles when the erasures asked for so far are done. */
  private erasure: Promise<unknown> | undefined;

  private constructor(
    private readonly log: EventLog,
    private memory: EventMemory,
    private readonly options: EventStoreOptions,
  ) {}

  /** Reads the log; rejects with its error where it is damaged. */
  static async open(openLog: OpenLog<ErasableLog>, options: EventStoreOptions): Promise<EmbeddedEventStore> {
    const { log, memory } = await EventLog.open(openLog);
    return new EmbeddedEventStore(log, memory, options);
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

  /** Everything is seen as soon as it is written. */
  refresh(): Promise<void> {
    return Promise.resolve();
  }

  history(who: Who, at: number): Promise<EventColumns> {
    return Promise.resolve(this.memory.histories.history(who, at));
  }

  session(who: Who & { readonly sessionId?: string | undefined }, at: number): Promise<EventColumns> {
    return Promise.resolve(this.memory.histories.session(who, at));
  }

  usersOf(anonymousIds: readonly string[], at: number): Promise<readonly (string | undefined)[]> {
    const { people } = this.memory;
    return Promise.resolve(
      anonymousIds.map((id) => {
        const anonymous = people.anonymousOf(id);
        return anonymous === undefined ? undefined : ownerAt(anonymous, at)?.id;
      }),
    );
  }

  window(query: CountsQuery): Promise<ItemCounts> {
    return this.memory.counts.window(query);
  }

  size(): Promise<number> {
    return Promise.resolve(this.memory.size);
  }

  someUser(): Promise<string | undefined> {
    return Promise.resolve(this.memory.someUser());
  }

  /** As of the call; as of the last erasure where one came meanwhile. */
  async trainingData(admits: (userId: string) => boolean = () => true): Promise<TrainingData> {
    for (;;) {
      const { memory } = this;
      const data = await memory.trainingData(this.options.clock(), admits);
      if (memory === this.memory) return data;
    }
  }

  async *userIds(): AsyncGenerator<readonly string[]> {
    const ids = this.memory.people.userIds();
    if (ids.length > 0) yield ids;
  }

  anonymousIdsOf(userId: string): Promise<readonly string[]> {
    return Promise.resolve(this.memory.people.anonymousIdsOf(userId));
  }

  async eventsOf(userId: string): Promise<readonly StoredEvent[]> {
    const person = new PersonRecords(userId, this.memory.people.anonymousIdsOf(userId));
    const events: StoredEvent[] = [];
    for await (const page of this.scan()) events.push(...page.filter((event) => person.owns(event)));
    return events.filter((event) => this.memory.has(event.id));
  }

  /**
   * Takes about as long as a start; appends wait meanwhile. Another user's event under one of the anonymous ids erased
   * stays, without that id.
   *
   * @throws AttuneError `NOT_DURABLE`: the user is there as before.
   */
  async erase(userId: string): Promise<ErasedEvents> {
    const earlier = [this.erasure ?? Promise.resolve(), ...Array.from(this.inFlight.values(), ({ landed }) => landed)];
    const erased = Promise.allSettled(earlier).then(async () => await this.forget(userId));
    this.erasure = erased.catch(() => undefined);
    return await erased;
  }

  /** What is erased while it goes on is left out from then on. */
  async *scan(): AsyncGenerator<readonly StoredEvent[]> {
    for await (const page of this.log.pages()) yield page.filter(({ id }) => this.memory.has(id));
  }

  onAppend(listener: (event: StoredEvent) => void): () => void {
    // One more function, so that a listener added twice is told twice and ends once.
    const tell = (event: StoredEvent): void => listener(event);
    this.listeners.add(tell);
    return () => void this.listeners.delete(tell);
  }

  /** Waits for writes under way. */
  async close(): Promise<void> {
    await this.log.close();
  }

  private async write(fresh: readonly StoredEvent[]): Promise<void> {
    try {
      if (this.erasure !== undefined) await this.erasure;
      await this.log.append(fresh);
    } finally {
      // Known or, after a failure, free to be tried again.
      for (const event of fresh) this.inFlight.delete(event.id);
    }
    for (const event of fresh) this.memory.apply(event);
    if (this.listeners.size > 0) for (const event of fresh) this.tell(event);
  }

  private tell(event: StoredEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        // The event is stored: that somebody could not count it must not fail its sender.
        this.options.warn(`A listener of stored events failed: ${String(error)}`);
      }
    }
  }

  private async forget(userId: string): Promise<ErasedEvents> {
    const person = new PersonRecords(userId, this.memory.people.anonymousIdsOf(userId));
    if (this.memory.people.user(userId) === undefined) {
      // A write that a crash cut short may name him all the same.
      await this.log.eraseTorn();
      return { events: 0, anonymousIds: [] };
    }
    const others = await this.log.forget(person);
    const events = this.memory.size - others.size;
    this.memory = others;
    return { events, anonymousIds: person.anonymousIds };
  }
}

function refuseTimeless(event: StoredEvent): void {
  if (Number.isNaN(Date.parse(event.at)))
    throw new AttuneError('VALIDATION_FAILED', `event ${event.id} has no valid time: set 'at' to an ISO 8601 time`);
}
