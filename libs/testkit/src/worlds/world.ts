import type { Item, JudgedCandidates, ShownSlate, StoredEvent, User, VectorBlock } from '@attune/sdk';
import { hashedBlock } from './hashed-words.js';

/** What a request of a world asks; what is left out is empty. */
export interface Ask {
  readonly id?: string;
  readonly userId?: string;
  readonly itemIds?: readonly string[];
  readonly query?: string;
  readonly surface?: string;
}

/** What an expectation is about; a plugin is held only to what it claims. */
export type Aspect = 'taste' | 'sequence' | 'content' | 'query' | 'popularity';

/** A right answer known by construction: every `better` item belongs above every `worse` one. */
export interface Expectation {
  readonly name: string;
  readonly about: Aspect;
  readonly ask: Ask;
  readonly better: readonly string[];
  readonly worse: readonly string[];
}

/** A small shop whose right answers are known because it was built from them. The same at every call. */
export interface World {
  readonly name: string;
  /** The clock of its requests, epoch milliseconds: a minute after the last event. */
  readonly now: number;
  readonly items: readonly Item[];
  /** Oldest first. */
  readonly events: readonly StoredEvent[];
  /** Users with events. */
  readonly userIds: readonly string[];
  /** What was said of users. Default: nothing of anyone. */
  readonly users?: readonly User[];
  /** Items in the catalogue that no event names. */
  readonly coldItemIds: readonly string[];
  /** Space → one row an item, aligned with `items`. `text`: hashed words of title, description and categories. */
  readonly spaces: ReadonlyMap<string, VectorBlock>;
  readonly expectations: readonly Expectation[];
  /** What a surface proposed as of past purchases, for trainers of rankers. Default: none is configured. */
  readonly candidates?: JudgedCandidates;
  /** What slates showed, oldest first, for trainers that learn from it. Default: no slates are logged. */
  readonly shown?: readonly ShownSlate[];
}

/** The clock of every fixture world: 2026-03-02T12:00:00Z. */
export const WORLD_NOW = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;

/** What a world is built from; see `buildWorld`. */
export interface WorldPlan {
  readonly name: string;
  readonly items: readonly Item[];
  /** What each user did, oldest first: `type:item`, or `item` for a purchase. */
  readonly journeys: ReadonlyMap<string, readonly string[]>;
  readonly expectations: readonly Expectation[];
}

/**
 * Builds a world. A user's last three events lie two minutes apart and end a minute before the world's clock (the
 * session); the ones before lie six hours apart.
 */
export function buildWorld({ name, items, journeys, expectations }: WorldPlan): World {
  const events = [...journeys].flatMap(([userId, steps]) => journey(userId, steps));
  events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const touched = new Set(events.map((event) => event.itemId));
  return {
    name,
    now: WORLD_NOW,
    items,
    events,
    userIds: [...journeys.keys()],
    coldItemIds: items.map((item) => item.id).filter((id) => !touched.has(id)),
    spaces: new Map([['text', hashedBlock(items.map(textOf))]]),
    expectations,
  };
}

/** The same world with one more space. Default vectors: those of `text`. */
export function withSpace(
  world: World,
  space: string,
  block: VectorBlock = hashedBlock(world.items.map(textOf)),
): World {
  if (block.rows !== world.items.length) {
    throw new RangeError(
      `space ${space} has ${block.rows} rows for ${world.items.length} items of ${world.name}: give one a row`,
    );
  }
  return { ...world, spaces: new Map([...world.spaces, [space, block]]) };
}

/** The text of an item that is embedded and indexed. */
export const textOf = (item: Item): string =>
  [item.title, item.description ?? '', ...(item.categories ?? [])].join(' ');

function journey(userId: string, steps: readonly string[]): StoredEvent[] {
  return steps.map((step, i) => {
    const fromEnd = steps.length - 1 - i;
    const ago = fromEnd < 3 ? MINUTE + fromEnd * 2 * MINUTE : MINUTE * 5 + (fromEnd - 2) * 6 * 60 * MINUTE;
    const colon = step.indexOf(':');
    const [type, itemId] = colon < 0 ? ['purchase', step] : [step.slice(0, colon), step.slice(colon + 1)];
    return { id: `${userId}-${i}`, type, userId, itemId, at: new Date(WORLD_NOW - ago).toISOString() };
  });
}
