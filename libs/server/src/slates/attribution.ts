import { itemsOf, type LoggedSlate, type StoredEvent, type TenantStores } from '@attune/sdk';
import {
  addCounts,
  AttributionTable,
  countsAt,
  noCounts,
  type AttributedCounts,
  type Counts,
  type Within,
} from './attribution-table.js';
import { isAttributed, JoinedSlate } from './joined-slate.js';

const DAY_MS = 86_400_000;
/** Later deeds are not the slate's. */
const WINDOW_MS = 7 * DAY_MS;
/** How far a client's clock may run behind the server's. */
const BEHIND_MS = 5 * 60_000;
/** Slates with events that are remembered, some 40 MB; the oldest are forgotten, and further events of their time. */
const MAX_JOINED = 50_000;

/** Parts of a slate's way that rows can tell apart. */
export type AttributionBy = 'surface' | 'position' | 'pipeline';
/** One row: `position` and `pipeline` where it was asked by them. */
export type AttributionRow = Readonly<Counts> &
  Pick<AttributedCounts, 'surface'> &
  Partial<Pick<AttributedCounts, 'position' | 'pipeline'>>;

export interface AttributionOptions {
  readonly retentionDays: number;
  readonly warn: (line: string) => void;
  /** Slates with events that are remembered; default 50,000. */
  readonly joined?: number;
}

/** Numbers in text by their size: position 10 after 9. Made once: making one costs more than sorting by it. */
const BY_PARTS = new Intl.Collator('en', { numeric: true });

type Deed = Pick<StoredEvent, 'type' | 'at'> & { readonly slateId: string; readonly items: readonly string[] };

/**
 * What came of the slates that were shown. Every item of a slate is an impression, or, where `impression` events say
 * what was seen, those they name. A click (or view), an addition to the cart and a purchase count once a slate and item,
 * if they name the slate and happen within 7 days of it. In memory: only counts, and the slates that have events.
 */
export class Attribution {
  readonly #table: AttributionTable;
  /** Slates with events, in the order of their first ones. */
  readonly #joined = new Map<string, JoinedSlate>();
  /** When the latest slate was served that is not remembered any more: events would count twice, of it or of older ones. */
  #forgottenTo = -Infinity;
  /** Slates recorded while the log is still being read: it may hold them too. */
  #live: Set<string> | undefined = new Set();
  #work: Promise<unknown> = Promise.resolve();
  readonly #stop: () => void;

  constructor(
    private readonly stores: Pick<TenantStores, 'events' | 'slates'>,
    private readonly options: AttributionOptions,
  ) {
    this.#table = new AttributionTable(options.retentionDays);
    this.#then(() => this.#rebuild(), options.warn);
    this.#stop = stores.events.onAppend((event) => {
      const deed = deedOf(event);
      if (deed !== undefined) this.#then(() => this.#attribute(deed), options.warn);
    });
  }

  /** Counts a slate's impressions. */
  record(slate: LoggedSlate): void {
    this.#live?.add(slate.slateId);
    this.#count(slate);
  }

  /** Resolves when everything that was told so far is counted. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Counts of all days kept, by surface, pipeline and position. They may fall: an impression event takes others back. */
  totals(): readonly AttributedCounts[] {
    return this.rows(['surface', 'pipeline', 'position']) as readonly AttributedCounts[];
  }

  /** Counts told apart by these parts, the surface always among them; sorted by them. */
  rows(by: readonly AttributionBy[], within: Within = {}): readonly AttributionRow[] {
    const rows = new Map<string, AttributionRow & Counts>();
    const rowOf = (parts: Omit<AttributionRow, keyof Counts>): Counts => {
      const key = JSON.stringify(Object.values(parts));
      let row = rows.get(key);
      if (row === undefined) rows.set(key, (row = { ...parts, ...noCounts() }));
      return row;
    };
    for (const { surface, pipeline, slates, positions } of this.#table.within(within)) {
      const parts = { surface, ...(by.includes('pipeline') && { pipeline }) };
      if (!by.includes('position')) {
        const row = rowOf(parts);
        for (const counts of positions) addCounts(row, { ...counts, slates: 0 });
        row.slates += slates;
      } else
        positions.forEach((counts, place) => {
          if (counts.slates > 0) addCounts(rowOf({ ...parts, position: place + 1 }), counts);
        });
    }
    return [...rows].sort(([a], [b]) => BY_PARTS.compare(a, b)).map(([, row]) => row);
  }

  /** Stops listening; waits for what is being counted. */
  async close(): Promise<void> {
    this.#stop();
    await this.#work;
  }

  #then(work: () => Promise<void>, warn: (line: string) => void): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      warn(`attribution is incomplete: ${error instanceof Error ? error.message : String(error)}`);
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
    let slate = this.#joined.get(deed.slateId);
    if (slate === undefined) {
      const logged = await this.stores.slates.get(deed.slateId);
      if (logged === undefined || Date.parse(logged.at) <= this.#forgottenTo) return;
      slate = this.#remember(logged);
    }
    apply(slate, deed);
  }

  #remember(logged: LoggedSlate): JoinedSlate {
    const group = this.#table.groupOf(Date.parse(logged.at), logged.surface, logged.digest);
    const slate = new JoinedSlate(logged, group, pageStart(logged));
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

  /** Both logs once: the events for those that name a slate, then the slates for those events. */
  async #readLogs(): Promise<void> {
    const deeds = new Map<string, Deed[]>();
    for await (const page of this.stores.events.scan())
      for (const event of page) {
        const deed = deedOf(event);
        if (deed === undefined) continue;
        const known = deeds.get(deed.slateId);
        if (known === undefined) deeds.set(deed.slateId, [deed]);
        else known.push(deed);
      }
    for await (const page of this.stores.slates.scan())
      for (const slate of page) {
        if (!this.#live?.has(slate.slateId)) this.#count(slate);
        const own = deeds.get(slate.slateId);
        if (own === undefined) continue;
        const joined = this.#joined.get(slate.slateId) ?? this.#remember(slate);
        for (const deed of own) apply(joined, deed);
      }
  }
}

function deedOf(event: StoredEvent): Deed | undefined {
  const { type, at, slateId } = event;
  return slateId === undefined || !isAttributed(type) ? undefined : { type, at, slateId, items: itemsOf(event) };
}

function apply(slate: JoinedSlate, { type, at, items }: Deed): void {
  const after = Date.parse(at) - slate.at;
  if (after >= -BEHIND_MS && after <= WINDOW_MS) slate.join(type, items);
}

/** Position of a logged slate's first item, from 0. */
function pageStart({ request }: LoggedSlate): number {
  const page = request['page'];
  const from = typeof page === 'object' && page !== null && 'from' in page ? page['from'] : 0;
  return typeof from === 'number' ? from : 0;
}
