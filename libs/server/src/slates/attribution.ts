import type { EventStore, LoggedSlate, SlateLog } from '@attune/sdk';
import { rowsOf, type AttributionBy, type AttributionRow } from './attribution-rows.js';
import { AttributionTable, countsAt, type AttributedCounts, type Within } from './attribution-table.js';
import { CountedSlates } from './counted-slates.js';
import { deedOf, DeedsBySlate, type Deed } from './deed.js';
import { JoinedSlate, pageStart, WINDOW_MS } from './joined-slate.js';
import { slatesWithDeeds } from './slates-with-deeds.js';

/** Slates with events that are remembered, some 40 MB; the oldest are forgotten, and further events of their time. */
const MAX_JOINED = 50_000;
/** Slates known to be counted, some 5 MB. */
const MAX_COUNTED = 50_000;
/** Deeds that wait for their slates, some 5 MB. */
const MAX_EARLY = 10_000;

/** What attribution asks of a tenant's stores. */
export interface AttributedStores {
  readonly events: Pick<EventStore, 'scan' | 'onAppend'>;
  readonly slates: Pick<SlateLog, 'get' | 'scan' | 'stats' | 'onRecord'>;
}

export interface AttributionOptions {
  readonly retentionDays: number;
  readonly warn: (line: string) => void;
  /** Slates with events that are remembered; default 50,000. */
  readonly joined?: number;
  /** Slates that are known to be counted, by their ids; default 50,000: more than are told of in half a minute. */
  readonly counted?: number;
}

/**
 * What came of the slates that were shown. Every item of a slate is an impression, or, where `impression` events say
 * what was seen, those they name. A click (or view), an addition to the cart and a purchase count once a slate and item,
 * if they name the slate and happen within 7 days of it. In memory: only counts, and the slates that have events. What
 * other processes record and are told of counts as well, some seconds later: all of them come to the same counts.
 */
export class Attribution {
  readonly #table: AttributionTable;
  /** Slates with events, in the order of their first ones. */
  readonly #joined = new Map<string, JoinedSlate>();
  /** When the latest slate was served that is not remembered any more: events would count twice, of it or of older ones. */
  #forgottenTo = -Infinity;
  readonly #counted: CountedSlates;
  /** Slates told of while the log is still being read: it may hold them too. */
  #live: Set<string> | undefined = new Set();
  /** Deeds whose slate is not logged: another process may have recorded it, and not have written it yet. */
  readonly #early = new DeedsBySlate(MAX_EARLY);
  #work: Promise<unknown> = Promise.resolve();
  readonly #stops: readonly (() => void)[];

  constructor(
    private readonly stores: AttributedStores,
    private readonly options: AttributionOptions,
  ) {
    this.#table = new AttributionTable(options.retentionDays);
    this.#counted = new CountedSlates(options.counted ?? MAX_COUNTED);
    this.#then(() => this.#rebuild());
    const onAppend = stores.events.onAppend((event) => {
      const deed = deedOf(event);
      if (deed !== undefined) this.#then(() => this.#attribute(deed));
    });
    const onRecord = stores.slates.onRecord((slate) => this.record(slate));
    this.#stops = [onAppend, onRecord];
  }

  /** Counts a slate's impressions, once. */
  record(slate: LoggedSlate): void {
    if (!this.#counted.add(slate)) return;
    this.#live?.add(slate.slateId);
    this.#count(slate);
    this.#then(() => this.#attributeEarly(slate.slateId));
  }

  /** Resolves when everything that was told so far is counted. */
  async settled(): Promise<void> {
    let work: unknown;
    // Once more where it brought more work.
    do await (work = this.#work);
    while (work !== this.#work);
  }

  /** Counts of all days kept, by surface, pipeline and position. They may fall: an impression event takes others back. */
  totals(): readonly AttributedCounts[] {
    return this.rows(['surface', 'pipeline', 'position']) as readonly AttributedCounts[];
  }

  /** Counts told apart by these parts, the surface always among them; sorted by them. */
  rows(by: readonly AttributionBy[], within: Within = {}): readonly AttributionRow[] {
    return rowsOf(this.#table.within(within), by);
  }

  /** Stops listening; waits for what is being counted. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.settled();
  }

  #then(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      this.options.warn(`attribution is incomplete: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  #count(slate: LoggedSlate): void {
    const group = this.#table.groupOf(Date.parse(slate.at), slate.surface, slate.digest);
    group.slates += 1;
    const from = pageStart(slate);
    slate.items.forEach((_, place) => {
      const counts = countsAt(group, from + place);
      counts.slates += 1;
      counts.impressions += 1;
    });
  }

  async #attribute(deed: Deed): Promise<void> {
    const slate = this.#joined.get(deed.slateId) ?? (await this.#find(deed));
    slate?.join(deed);
  }

  /** The slate of a deed; undefined where it is not remembered any more, or not logged. */
  async #find(deed: Deed): Promise<JoinedSlate | undefined> {
    const logged = await this.stores.slates.get(deed.slateId);
    if (logged === undefined) return void this.#early.add(deed);
    // The process that recorded it is heard of later.
    if (this.#counted.lacks(logged)) this.record(logged);
    return Date.parse(logged.at) <= this.#forgottenTo ? undefined : this.#remember(logged);
  }

  async #attributeEarly(slateId: string): Promise<void> {
    for (const deed of this.#early.take(slateId)) await this.#attribute(deed);
  }

  #remember(logged: LoggedSlate): JoinedSlate {
    const group = this.#table.groupOf(Date.parse(logged.at), logged.surface, logged.digest);
    const slate = new JoinedSlate(logged, group);
    this.#joined.set(logged.slateId, slate);
    const most = this.options.joined ?? MAX_JOINED;
    for (const [oldest, { at }] of this.#joined) {
      if (this.#joined.size <= most && at > slate.at - WINDOW_MS) break;
      this.#joined.delete(oldest);
      this.#forgottenTo = Math.max(this.#forgottenTo, at);
    }
    return slate;
  }

  async #rebuild(): Promise<void> {
    try {
      if ((await this.stores.slates.stats()).slates > 0) await this.#readLogs();
    } finally {
      this.#live = undefined;
    }
  }

  async #readLogs(): Promise<void> {
    for await (const { slate, deeds } of slatesWithDeeds(this.stores)) {
      if (!this.#live?.has(slate.slateId) && this.#counted.add(slate)) this.#count(slate);
      if (deeds.length === 0) continue;
      const joined = this.#joined.get(slate.slateId) ?? this.#remember(slate);
      for (const deed of deeds) joined.join(deed);
    }
  }
}
