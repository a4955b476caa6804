import type { Predicate } from '@attune/sdk';

/** What a catalogue can be filtered by, as filters know it. */
export interface Facts {
  /** Attributes of the type keyword, with their values; of two that share a value, the first is meant. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly categories: readonly string[];
  readonly brands: readonly string[];
  /** ISO 4217, of most prices; undefined where nothing has a price. */
  readonly currency: string | undefined;
}

/** Conditions on one field: all hold. Of texts: one of `$in`, none of `$nin`; of prices: within the bounds. */
export interface Constraint {
  readonly $in?: readonly string[];
  readonly $nin?: readonly string[];
  readonly $gt?: number;
  readonly $gte?: number;
  readonly $lt?: number;
  readonly $lte?: number;
}

/** One thing asked for, where it is said: `[start, end)` in UTF-16 units of the text as given. */
export interface WishPart {
  readonly span: Span;
  /** The text of the span. */
  readonly text: string;
  /** `attributes.<name>`, `categories`, `brand` or `price.amount`. */
  readonly path: string;
  readonly test: Constraint;
}

export type Span = readonly [start: number, end: number];

/** Compared with what was shown before. `different`: something else than that. */
export interface RelativeWish {
  readonly kind: 'cheaper' | 'dearer' | 'bigger' | 'smaller' | 'similar' | 'different';
  readonly span: Span;
}

/** A price in a currency that is not the shop's. */
export interface ForeignPrice {
  readonly span: Span;
  /** ISO 4217; of a sign that several currencies share, the most usual. */
  readonly currency: string;
}

export type Ask = 'help' | 'order-status' | 'person' | 'compare' | 'more' | 'start-over';
export type Sort = 'price-asc' | 'price-desc' | 'newest';

/**
 * How a text is meant: `query` is typed into a search box, where a name of a category or brand is a word to search by
 * unless it is said to be one; `turn` is said in a conversation, where it says what is wanted.
 */
export type WishMode = 'query' | 'turn';

/** What a shopper asks for. */
export interface Wish {
  /** In the order of the text; spans do not overlap. */
  readonly parts: readonly WishPart[];
  /** The parts joined; undefined without parts. */
  readonly filter: Predicate | undefined;
  /** What is left to search by, without filler words; of parts, a query keeps the values of attributes. May be empty. */
  readonly rest: string;
  readonly relative: readonly RelativeWish[];
  readonly sort: Sort | undefined;
  /** Paths on which nothing is asked for any more: "any color", "price does not matter". */
  readonly removed: readonly string[];
  /** In a query only where it is nothing else. */
  readonly asks: Ask | undefined;
  /** Places in what was shown, from 1, ascending: "the first two". None in a query. */
  readonly ordinals: readonly number[];
  /** Prices that no filter can hold. */
  readonly foreign: readonly ForeignPrice[];
  /** Words that are not wanted and are no value of the catalogue: "without a handle". In a query only those after `-`. */
  readonly unwanted: readonly string[];
}
