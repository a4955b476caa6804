import type { StoredEvent } from '@attune/sdk';
import type { EventLog } from '../../elasticsearch/events/event-log.js';
import { LruCache } from '../../embedded/lru.cache.js';
import { arrivalOf, type ArrivalStamps } from './arrival.stamps.js';

/** How often the log is looked at. */
const LOOK_MS = 2_000;
/** How far back each look goes: until searches find an event, and for as much as clocks may differ. */
const BACK_MS = 15_000;
/** Events that were told of, as many as one look may find again. */
const MOST_KNOWN = 100_000;

export interface FollowedEventsParts {
  readonly log: Pick<EventLog, 'scan'>;
  readonly arrivals: Pick<ArrivalStamps, 'isOwn'>;
  /** Epoch milliseconds, as arrivals are stamped. */
  readonly clock: () => number;
  /** Told of each event once. */
  readonly tell: (event: StoredEvent) => void;
  /** One line where the log could not be looked at for the first time in a row. */
  readonly warn: (line: string) => void;
}

/** Events of other processes that name a slate, and searches, read from the log every two seconds while somebody wants them. */
export class FollowedEvents {
  private readonly known = new LruCache<string, true>(MOST_KNOWN);
  private since = 0;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private hasWarned = false;

  constructor(private readonly parts: FollowedEventsParts) {}

  /** Follows what is stored from now on. */
  start(everyMs = LOOK_MS): void {
    if (this.timer !== undefined) return;
    this.since = this.parts.clock();
    this.timer = setInterval(() => void this.look(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Waits for a look under way. */
  async settled(): Promise<void> {
    await this.looking;
  }

  /** Looks now; never rejects. */
  async look(): Promise<void> {
    this.looking ??= this.read()
      .then(() => void (this.hasWarned = false))
      .catch((error: unknown) => {
        if (!this.hasWarned) this.parts.warn(`Events of other processes are told of later: ${String(error)}`);
        this.hasWarned = true;
      })
      .finally(() => (this.looking = undefined));
    await this.looking;
  }

  private async read(): Promise<void> {
    const { log, arrivals, clock, tell } = this.parts;
    const now = clock();
    const from = arrivalOf(this.since - BACK_MS);
    const wanted = [{ exists: { field: 'slateId' } }, { term: { type: 'search' } }];
    const query = {
      bool: { filter: [{ range: { arrival: { gte: from } } }], should: wanted, minimum_should_match: 1 },
    };
    for await (const page of log.scan(query))
      for (const { arrival, event } of page) {
        if (arrivals.isOwn(arrival) || this.known.get(event.id) !== undefined) continue;
        this.known.set(event.id, true);
        tell(event);
      }
    this.since = now;
  }
}
