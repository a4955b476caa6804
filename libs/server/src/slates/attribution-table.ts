/** What happened to shown items. */
export interface Counts {
  /** Slates; in a row by position those that showed an item there. */
  slates: number;
  impressions: number;
  clicks: number;
  carts: number;
  purchases: number;
}

/** Counts of the slates of one surface, made by one pipeline, at one position. */
export interface AttributedCounts extends Readonly<Counts> {
  readonly surface: string;
  /** Digest of the pipeline. */
  readonly pipeline: string;
  /** From 1. */
  readonly position: number;
}

/** What one slate's counts go to: its day's. */
export interface Group {
  /** `2026-11-21`, UTC. */
  readonly day: string;
  readonly surface: string;
  readonly pipeline: string;
  /** Slates, those that showed nothing included. */
  slates: number;
  /** By position from 0. */
  readonly positions: Counts[];
}

const DAY_MS = 86_400_000;
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const noCounts = (): Counts => ({ slates: 0, impressions: 0, clicks: 0, carts: 0, purchases: 0 });

/** Counts by day, surface, pipeline and position: what is kept is bounded by days and by pipelines a day. */
export class AttributionTable {
  readonly #groups = new Map<string, Group>();

  constructor(private readonly retentionDays: number) {}

  /** The group of a slate served at that moment. */
  groupOf(at: number, surface: string, pipeline: string): Group {
    const day = dayOf(at);
    const key = JSON.stringify([day, surface, pipeline]);
    let group = this.#groups.get(key);
    if (group === undefined) {
      this.#prune(at);
      this.#groups.set(key, (group = { day, surface, pipeline, slates: 0, positions: [] }));
    }
    return group;
  }

  /** Groups of a surface (default: all) whose day lies within `from..to`, both included. */
  *within({ surface, from, to }: Within): Generator<Group> {
    for (const group of this.#groups.values()) {
      if (surface !== undefined && group.surface !== surface) continue;
      if ((from !== undefined && group.day < from) || (to !== undefined && group.day > to)) continue;
      yield group;
    }
  }

  #prune(now: number): void {
    // Today counts as one of them, as in the slate log.
    const over = dayOf(now - this.retentionDays * DAY_MS);
    for (const [key, { day }] of this.#groups) if (day <= over) this.#groups.delete(key);
  }
}

export interface Within {
  readonly surface?: string | undefined;
  /** Days as `2026-11-21`, UTC. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The counts of a position, made when it is first shown. */
export function countsAt({ positions }: Group, position: number): Counts {
  while (positions.length <= position) positions.push(noCounts());
  return positions[position]!;
}

/** Adds `by` to `to`, member by member. */
export function addCounts(to: Counts, by: Readonly<Counts>): void {
  to.slates += by.slates;
  to.impressions += by.impressions;
  to.clicks += by.clicks;
  to.carts += by.carts;
  to.purchases += by.purchases;
}
