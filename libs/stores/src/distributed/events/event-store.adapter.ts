import { randomBytes } from 'node:crypto';
import { AttuneError, itemsOf } from '@attune/sdk';
import type {
  AppendResult,
  CountsQuery,
  ErasedEvents,
  EventColumns,
  EventStore,
  HotSizes,
  ItemCounts,
  StoredEvent,
  TrainingData,
} from '@attune/sdk';
import type { Expunger } from '../../elasticsearch/expunger.js';
import type { ElasticsearchConnection } from '../../elasticsearch/client.js';
import { EventLog, type FoundEvent } from '../../elasticsearch/events/event-log.js';
import { countItems } from '../../elasticsearch/events/item-counts.query.js';
import { heldBy, ownersOf, someUserOf, valuesOf } from '../../elasticsearch/events/people.queries.js';
import { ownedBy, readSubjects } from '../../elasticsearch/events/subject.queries.js';
import type { Who } from '../../embedded/events/histories.js';
import { Turns } from '../../embedded/turns.js';
import { DayCounts } from '../../redis/day-counts.js';
import { ErasureMarks } from '../../redis/erasure-marks.js';
import { HotKeys } from '../../redis/hot-keys.js';
import { HotStore } from '../../redis/hot-store.js';
import type { RedisConnection, RedisUnavailableError } from '../../redis/redis.connection.js';
import { sizeReport } from '../../redis/size-report.js';
import { Followed, type Arrived } from '../followed.js';
import { Listeners } from '../listeners.js';
import { ArrivalStamps } from './arrival.stamps.js';
import { spansOf } from './count.plan.js';
import { forgetUser } from './erasing.js';
import { EventWrites } from './event-writes.js';
import { followedEvents } from './followed-events.js';
import { DistributedHistories } from './histories.js';
import type { HistoryLimits } from './subject.js';
import { Subjects } from './subjects.js';
import { readTraining } from './training.js';
import { WindowCounts } from './window.counts.js';

export interface DistributedEventsOptions {
  readonly tenant: string;
  readonly elasticsearch: ElasticsearchConnection;
  readonly redis: RedisConnection;
  /** Epoch milliseconds: up to when training reads, and which windows move with it. */
  readonly clock: () => number;
  /** Takes what was erased off the disk. */
  readonly expunger: Expunger;
  /** Places of events in the order of arrival, default: by the system's clock. */
  readonly arrivals?: ArrivalStamps | undefined;
  /** Of a user or an anonymous id the newest so many are kept at hand, default 10,000 events and 1,000 joins. */
  readonly limits?: HistoryLimits | undefined;
  /** One line for each listener that threw. */
  readonly warn: (line: string) => void;
  /** Told of each answer that took the log because Redis could not give it: slower, and no less true. */
  readonly onTrouble?: ((error: RedisUnavailableError) => void) | undefined;
}

const LIMITS: HistoryLimits = { events: 10_000, links: 1_000 };

/**
 * Events in Elasticsearch, and in Redis what slates ask of them. Any number of processes may use the same ones. The log
 * decides what is stored; everything in Redis follows from it and is made again where it is lost.
 */
export class DistributedEventStore implements EventStore {
  private readonly listeners: Listeners<StoredEvent>;
  private readonly erasures = new Turns();
  private readonly hot: HotStore;
  private readonly marks: ErasureMarks;
  private readonly days: DayCounts;
  private readonly arrivals: ArrivalStamps;
  private readonly histories: DistributedHistories;
  private readonly counts: WindowCounts;
  private readonly writes: EventWrites;
  private readonly followed: Followed<FoundEvent & Arrived>;

  private constructor(
    private readonly log: EventLog,
    private readonly keys: HotKeys,
    private readonly options: DistributedEventsOptions,
  ) {
    const { redis, clock, limits = LIMITS, warn, onTrouble = () => undefined } = options;
    const arrivals = options.arrivals ?? new ArrivalStamps(Date.now, randomBytes(4).toString('hex'));
    this.arrivals = arrivals;
    const stamp = (): string => arrivals.next();
    const daysOf = ({ event }: { readonly event: StoredEvent }): readonly string[] => spansOf(Date.parse(event.at));
    const refresh = (): Promise<void> => log.refresh();
    this.hot = new HotStore(redis, keys, { limits, stamp, daysOf });
    this.marks = new ErasureMarks(redis, keys);
    this.days = new DayCounts(redis, keys, stamp);
    const subjectLog = {
      refresh,
      subjects: (names: Parameters<Subjects['read']>[0], until: number) => readSubjects(log, names, { until, limits }),
      owners: (anonymousIds: readonly string[], at: number) => ownersOf(log, anonymousIds, at),
    };
    this.histories = new DistributedHistories(new Subjects(subjectLog, this.hot, onTrouble));
    const countLog = {
      refresh,
      months: () => log.months(),
      count: (counted: Parameters<typeof countItems>[1]) => countItems(log, counted),
    };
    this.counts = new WindowCounts(countLog, this.days, { clock, onTrouble });
    // The event is stored: that somebody could not count it must not fail its sender.
    this.listeners = new Listeners((error) => warn(`A listener of stored events failed: ${String(error)}`));
    const read = (from: string): ReturnType<typeof followedEvents> => followedEvents(log, from);
    const tell = (fresh: readonly FoundEvent[]): void => fresh.forEach(({ event }) => this.listeners.tell(event));
    this.followed = new Followed({ what: 'Events', read, arrivals, clock: arrivals.now, tell, warn });
    this.writes = new EventWrites({ log, hot: this.hot, arrivals, onStored: (events) => this.stored(events) });
  }

  /** Makes sure that Elasticsearch knows the fields of events. */
  static async open(options: DistributedEventsOptions): Promise<DistributedEventStore> {
    const { elasticsearch, redis, tenant } = options;
    const keys = new HotKeys(redis.options.prefix, tenant);
    return new DistributedEventStore(await EventLog.open(elasticsearch, tenant), keys, options);
  }

  /** @throws AttuneError `NOT_DURABLE`: not acknowledged, but some may be stored; send it again. */
  async append(events: readonly StoredEvent[]): Promise<AppendResult> {
    for (const event of events) refuseTimeless(event);
    return await this.writes.append(events);
  }

  async refresh(): Promise<void> {
    await this.log.refresh();
    this.counts.renew();
  }

  async history(who: Who, at: number): Promise<EventColumns> {
    return await this.histories.history(who, at);
  }

  async session(who: Who & { readonly sessionId?: string | undefined }, at: number): Promise<EventColumns> {
    return await this.histories.session(who, at);
  }

  async usersOf(anonymousIds: readonly string[], at: number): Promise<readonly (string | undefined)[]> {
    return await this.histories.usersOf(anonymousIds, at);
  }

  async window(query: CountsQuery): Promise<ItemCounts> {
    return await this.counts.window(query);
  }

  async size(): Promise<number> {
    return await this.log.size();
  }

  async someUser(): Promise<string | undefined> {
    return await someUserOf(this.log);
  }

  async trainingData(admits: (userId: string) => boolean = () => true): Promise<TrainingData> {
    return await readTraining(this.log, this.marks, this.options.clock(), admits);
  }

  async *userIds(): AsyncGenerator<readonly string[]> {
    yield* valuesOf(this.log, 'userId');
  }

  async anonymousIdsOf(userId: string): Promise<readonly string[]> {
    await this.log.refresh();
    return await heldBy(this.log, userId);
  }

  async eventsOf(userId: string): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    const query = ownedBy(userId, await this.anonymousIdsOf(userId));
    for await (const page of this.log.scan(query)) events.push(...page.map(({ event }) => event));
    return events;
  }

  /**
   * Another user's event under one of the anonymous ids erased stays, without that id. It leaves the disk of
   * Elasticsearch within a minute or so: the expunger tells when.
   *
   * @throws AttuneError `NOT_DURABLE`: some of it may be there as before; erase again.
   */
  async erase(userId: string): Promise<ErasedEvents> {
    const mark = this.arrivals.next();
    const earlier = this.writes.settled();
    return await this.erasures.take(async () => {
      await earlier;
      const { log, hot, marks, arrivals } = this;
      const { expunger } = this.options;
      const erased = await forgetUser({ log, hot, marks, arrivals, expunger }, userId, mark);
      this.counts.forget();
      return erased;
    });
  }

  async *scan(): AsyncGenerator<readonly StoredEvent[]> {
    for await (const page of this.log.scan()) yield page.map(({ event }) => event);
  }

  onAppend(listener: (event: StoredEvent) => void): () => void {
    const end = this.listeners.add(listener);
    this.followed.start();
    return () => {
      end();
      if (this.listeners.size === 0) this.followed.stop();
    };
  }

  /** Has the counts of these days made anew; `2026.11.21` and, with it, `2026.11`. */
  async refreshDays(days: readonly string[]): Promise<void> {
    await this.days.touch([...new Set(days.flatMap((day) => [day, day.slice(0, 7)]))]);
  }

  /** What the tenant's keys in Redis take; looks for at most about a second. */
  async sizeReport(): Promise<HotSizes> {
    return await sizeReport(this.options.redis, this.keys, { limitMs: 1_000, clock: Date.now });
  }

  /** Waits for writes under way. */
  async close(): Promise<void> {
    this.followed.stop();
    await this.followed.settled();
    await this.writes.settled();
    await this.erasures.settled();
    this.hot.close();
  }

  private stored(events: readonly StoredEvent[]): void {
    this.counts.add(events.flatMap(itemsOf));
    for (const event of events) this.listeners.tell(event);
  }
}

function refuseTimeless(event: StoredEvent): void {
  if (Number.isNaN(Date.parse(event.at)))
    throw new AttuneError('VALIDATION_FAILED', `event ${event.id} has no valid time: set 'at' to an ISO 8601 time`);
}
