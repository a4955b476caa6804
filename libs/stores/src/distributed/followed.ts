import { LruCache } from '../embedded/lru.cache.js';
import { arrivalOf, type ArrivalStamps } from './events/arrival.stamps.js';

/** How often the store is looked at. */
const LOOK_MS = 2_000;
/** How far back each look goes: until searches find what was stored, and for as much as clocks may differ. */
const BACK_MS = 15_000;
/** Ids that were told of, as many as one look may find again. */
const MOST_KNOWN = 100_000;

/** Something that was stored, and its place in the order of arrival. */
export interface Arrived {
  readonly id: string;
  readonly arrival: string;
}

export interface FollowedParts<T extends Arrived> {
  /** What is followed, for the warning: `Events`. */
  readonly what: string;
  /** What was stored from a place in the order of arrival on, in pages. */
  readonly read: (from: string) => AsyncIterable<readonly T[]>;
  readonly arrivals: Pick<ArrivalStamps, 'isOwn'>;
  /** Epoch milliseconds, as arrivals are stamped. */
  readonly clock: () => number;
  /** How far back each look goes, default 15,000 ms. */
  readonly backMs?: number | undefined;
  /** Told of what others stored, once; where it fails, again at the next look. */
  readonly tell: (fresh: readonly T[]) => Promise<void> | void;
  /** One line where the store could not be looked at for the first time in a row. */
  readonly warn: (line: string) => void;
}

/** What other processes store, read every two seconds while somebody wants it. */
export class Followed<T extends Arrived> {
  private readonly known = new LruCache<string, true>(MOST_KNOWN);
  private since = 0;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private hasWarned = false;

  constructor(private readonly parts: FollowedParts<T>) {}

  /** Follows what is stored from now on; what was stored just before may be among it. */
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
        const { what, warn } = this.parts;
        if (!this.hasWarned) warn(`${what} of other processes are told of later: ${String(error)}`);
        this.hasWarned = true;
      })
      .finally(() => (this.looking = undefined));
    await this.looking;
  }

  private async read(): Promise<void> {
    const { read, arrivals, clock, backMs = BACK_MS, tell } = this.parts;
    const now = clock();
    for await (const page of read(arrivalOf(this.since - backMs))) {
      const fresh = page.filter(({ id, arrival }) => !arrivals.isOwn(arrival) && this.known.get(id) === undefined);
      await tell(fresh);
      for (const { id } of fresh) this.known.set(id, true);
    }
    this.since = now;
  }
}
