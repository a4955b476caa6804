import type { User } from '../data/user.schema.js';
import type { Predicate } from '../predicate/predicate.schema.js';
import type { EventColumns } from './event-columns.js';
import type { Vocabulary } from './vocabulary.js';

/** What every plugin sees of one request, whatever it needs. */
export interface RequestCore {
  readonly id: string;
  /** The request's clock, epoch milliseconds: its `at`, or the time it arrived. Never read the wall clock instead. */
  readonly now: number;
  /** `home`, `item`, `cart`, `search`, `email`, or a surface of your own. */
  readonly surface: string;
  /** The known user; undefined for an anonymous one. */
  readonly userId: string | undefined;
  /** Seeds: the items of the page or of the cart; empty elsewhere. */
  readonly itemIds: readonly string[];
  /** Items asked for, 1..200. */
  readonly limit: number;
  /** Whether items already bought may return. Hidden and disliked ones never do. */
  readonly seen: 'exclude' | 'include';
  /** How far the slate may follow the person, 0 (not at all) to 1 (default). */
  readonly personalize: number;
  /** The request's own filter, its exclusions and every filter's pushdown, joined; undefined where all items may be shown. */
  readonly where: Predicate | undefined;
  /** The filter the caller sent, if any. */
  readonly filter: Predicate | undefined;
  /** Item ids the caller excluded. */
  readonly exclude: readonly string[];
  /**
   * 1 for each row of a vocabulary that passes `where`, else 0: `[vocabulary.size]`, shared and read only.
   * Undefined where the host cannot tell cheaply; the filters still apply afterwards.
   */
  allowed(vocabulary: Vocabulary): Promise<Uint8Array | undefined>;
  /** Uniform in [0, 1), seeded by the request's id: the same request draws the same numbers. */
  random(): number;
}

/**
 * What a query asks for: one item by its name (`navigational`, best left alone), a kind of item (`category`), or anything
 * about a subject (`broad`, where taste decides most).
 */
export type QueryIntent = 'navigational' | 'category' | 'broad';

/** The words a shopper typed, and what is understood of them. */
export interface Query {
  /** The words to search with: as typed, or with their spelling mended. */
  readonly text: string;
  /** The words as typed, where `text` is not they. */
  readonly typed?: string | undefined;
  /** Undefined where nobody tried to understand it. */
  readonly intent?: QueryIntent | undefined;
  /** Space whose model reads the query's language; undefined: the main one, `text`. */
  readonly space?: string | undefined;
  /** Other words for parts of the query, from configuration: they match too, for less. */
  readonly synonyms?: readonly string[] | undefined;
}

/** What the engine gathers once a request for the plugins that declared the need. */
export interface RequestSignals {
  /** Everything the user did up to `now`, oldest first. */
  readonly history: EventColumns;
  /** The part of the history that belongs to the current session. */
  readonly session: EventColumns;
  /** Undefined where nothing was asked. */
  readonly query: Query | undefined;
  /** What was said about the known user: attributes and consent; undefined where nothing was. */
  readonly user: User | undefined;
  /** Free context sent by the caller: device, country, … */
  readonly context: Readonly<Record<string, string | number | boolean>>;
}

export type RequestNeed = keyof RequestSignals;
/** One request as a plugin sees it: the core and the signals it declared. */
export type View<N extends string = never> = RequestCore & Pick<RequestSignals, N & RequestNeed>;
