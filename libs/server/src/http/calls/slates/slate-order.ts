import { MAX_PAGED, type PassedCandidates, type ServedSlate } from '@attune/engine';
import type { Item, SearchRequest } from '@attune/sdk';
import type { SlateOrder } from '../../../slates/frozen-pages.js';

type Sort = NonNullable<SearchRequest['sort']>;

/** An order that can be told as a whole. */
export interface CompleteOrder extends SlateOrder {
  readonly candidates: () => PassedCandidates;
}

/** What passed, as far as pages reach, in the engine's own order. */
export const relevanceOrder = ({ total, page, passed }: ServedSlate): CompleteOrder => ({
  total: Math.min(total, MAX_PAGED),
  show: (from, to) => page(from, to),
  candidates: () => {
    const { ids, scores } = passed();
    return { ids: ids.slice(0, MAX_PAGED), scores: scores.slice(0, MAX_PAGED) };
  },
});

/**
 * What passed, ordered by a field of its `documents`; items without it come last, equal ones stay as they were, and so do
 * items that are not meant (default: all are).
 */
export function sortedOrder(
  { page, passed }: ServedSlate,
  sort: Exclude<Sort, 'relevance'>,
  documents: readonly (Item | undefined)[],
  isMeant: (place: number) => boolean = () => true,
): CompleteOrder {
  const keys = documents.map((document, place) => (isMeant(place) ? KEYS[sort](document) : undefined) ?? Infinity);
  const places = keys.map((_, place) => place).sort((a, b) => compare(keys[a]!, keys[b]!) || a - b);
  const reached = places.slice(0, MAX_PAGED);
  const candidates = (): PassedCandidates => {
    const { ids, scores } = passed();
    return { ids: reached.map((place) => ids[place]!), scores: reached.map((place) => scores[place]!) };
  };
  return { total: reached.length, show: (from, to) => page(from, to, reached), candidates };
}

/** What each order goes by, smallest first. */
const KEYS: Readonly<Record<Exclude<Sort, 'relevance'>, (item: Item | undefined) => number | undefined>> = {
  'price-asc': (item) => item?.price?.amount,
  'price-desc': (item) => (item?.price === undefined ? undefined : -item.price.amount),
  newest: (item) => (item?.publishedAt === undefined ? undefined : -Date.parse(item.publishedAt)),
};

/** Infinity, which is where nothing is known, equals itself. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
