import { AttuneError, type AppendResult, type StoredEvent } from '@attune/sdk';
import type { EventLog } from '../../elasticsearch/events/event-log.js';
import type { HotStore } from '../../redis/hot-store.js';
import type { ArrivalStamps } from './arrival.stamps.js';
import { spansOf } from './count.plan.js';
import { subjectsOf, type LoggedEvent } from './subject.js';

/** A write on its way. */
interface Flight {
  landed: Promise<ReadonlySet<string>>;
}

export interface EventWritesParts {
  readonly log: EventLog;
  readonly hot: HotStore;
  readonly arrivals: ArrivalStamps;
  /** Told of events that are stored and show, in order. */
  readonly onStored: (events: readonly StoredEvent[]) => void;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Appends: first the log, then the hot store, then the acknowledgement. Where the hot store fails the call fails, though
 * the log has the events: sent again they are duplicates there, and are added to the hot store then.
 */
export class EventWrites {
  private readonly inFlight = new Map<string, Flight>();
  /** Settles when everybody was told of the writes so far. */
  private told: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: EventWritesParts) {}

  /** @throws AttuneError `NOT_DURABLE`: send it again; ids make it safe. */
  async append(events: readonly StoredEvent[]): Promise<AppendResult> {
    const flight: Flight = { landed: Promise.resolve(NONE) };
    const awaited = new Set<Flight>([flight]);
    const fresh = new Map<string, StoredEvent>();
    const first = events.map((event) => {
      const other = this.inFlight.get(event.id);
      if (other !== undefined) {
        awaited.add(other);
        return false;
      }
      this.inFlight.set(event.id, flight);
      fresh.set(event.id, event);
      return true;
    });
    if (fresh.size > 0) flight.landed = this.write([...fresh.values()]);
    const landings = await Promise.allSettled(Array.from(awaited, ({ landed }) => landed));
    for (const landing of landings) if (landing.status === 'rejected') throw landing.reason;
    const created = await flight.landed;
    return { created: events.map(({ id }, i) => first[i] === true && created.has(id)) };
  }

  /** Resolves when every write under way has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(Array.from(new Set(this.inFlight.values()), ({ landed }) => landed));
  }

  /** Ids of the events that were created. */
  private async write(events: readonly StoredEvent[]): Promise<ReadonlySet<string>> {
    const { hot, arrivals } = this.parts;
    const logged = events.map((event): LoggedEvent => ({ arrival: arrivals.next(), event }));
    const stored = this.store(logged, hot.erased).finally(() => {
      // Known or, after a failure, free to be tried again.
      for (const { id } of events) this.inFlight.delete(id);
    });
    const before = this.told;
    const created = stored.then(async (fresh) => {
      await before;
      this.parts.onStored(fresh);
      return new Set(fresh.map(({ id }) => id));
    });
    this.told = created.catch(() => undefined);
    try {
      return await created;
    } catch (error) {
      // Some may be in the log.
      hot.distrust(events.flatMap(subjectsOf), [...new Set(events.flatMap(({ at }) => spansOf(Date.parse(at))))]);
      throw notDurable(error);
    }
  }

  private async store(logged: readonly LoggedEvent[], erased: string): Promise<readonly StoredEvent[]> {
    const { log, hot } = this.parts;
    const created = await log.create(logged);
    const fresh = logged.filter((_, i) => created[i]);
    // Of a duplicate the stored form counts: it has its first place in the order of arrival.
    const others = logged.filter((_, i) => !created[i]).map(({ event }) => event);
    await hot.apply([...fresh, ...(await log.stored(others))], erased);
    return fresh.map(({ event }) => event);
  }
}

function notDurable(error: unknown): unknown {
  if (!(error instanceof AttuneError) || error.code === 'NOT_DURABLE') return error;
  return new AttuneError('NOT_DURABLE', error.detail, { cause: error });
}
