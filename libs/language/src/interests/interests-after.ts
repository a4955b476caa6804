import type { Item } from '@attune/sdk';
import { cleanText } from '@attune/text';
import { withoutPersonalData } from '../personal-data.js';
import { aspectsIn, polarityOfReview } from '../reviews/aspects-of.js';
import type { InterestEvent, InterestFacts, Interests } from './interests.types.js';
import { PriceTable } from './price-table.js';
import { ValueTable } from './value-table.js';

const DAY_MS = 86_400_000;
/** What an event of these types weighs unless told. */
const WEIGHTS: Readonly<Record<string, number>> = { search: 1, review: 1, dislike: -1, hide: -1 };
const REFUSALS: ReadonlySet<string> = new Set(['dislike', 'hide']);
const RATED: ReadonlySet<string> = new Set(['rating', 'review']);
/** Longer values are texts; more of an item or event are lists. */
const [LONGEST_VALUE, VALUES_OF_PATH, ITEMS_OF_EVENT, MOST_ATTRIBUTES, LONGEST_NAME] = [80, 20, 50, 20, 64];
const [LONGEST_TOPIC, WORDS_OF_TOPIC] = [60, 8];

/**
 * Interests after events that were not told before. Where no table is full (200 values of a facet, 50 tags, 30
 * searches, 20 prices, 32 KiB in all) any split of the events gives the same; where one is, any split by time does:
 * the weakest value is dropped after each event. Events of types without a weight and at no time are passed over. The
 * state before is not changed.
 */
export function interestsAfter(
  before: Interests | undefined,
  events: readonly InterestEvent[],
  given: InterestFacts,
): Interests {
  const halfLifeMs = Math.max(1, Math.round(given.halfLifeDays * DAY_MS));
  const known = events
    .filter(({ at }) => Number.isFinite(at) && at >= 0)
    .map((event) => ({
      ...event,
      at: Math.floor(Math.min(event.at, given.now)),
      weight: weightOf(event, given.weights),
    }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => a.at - b.at);
  const asOf = Math.max(before?.asOf ?? 0, known.at(-1)?.at ?? 0);
  const periods = Math.floor(asOf / halfLifeMs);
  const scale = before === undefined ? 1 : scaleOf(before, { halfLifeMs, periods });
  const values = new ValueTable(before?.facets ?? [], scale);
  const prices = new PriceTable(before?.prices ?? [], scale);
  const counts = { ...(before?.counts ?? { events: 0, searches: 0, reviews: 0 }) };
  for (const { weight, ...event } of known) {
    const { at } = event;
    const decay = 2 ** ((at % halfLifeMs) / halfLifeMs) * 2 ** (Math.floor(at / halfLifeMs) - periods);
    counts.events++;
    if (addSearch(event, weight * decay, values)) counts.searches++;
    if (addReview(event, weight * decay, values)) counts.reviews++;
    const liked = weight * liking(event);
    for (const id of new Set(liked === 0 ? [] : event.itemIds?.slice(0, ITEMS_OF_EVENT))) {
      const item = given.items.get(id);
      const said = { liked, weight: liked * decay, at };
      if (item !== undefined) addItem(item, said, { values, prices, attributes: given.attributes });
    }
    values.trim();
    prices.trim();
  }
  return { asOf, halfLifeMs, facets: values.told(), prices: prices.told(), counts };
}

/** 0 for a type that says nothing. */
function weightOf({ type }: InterestEvent, weights: InterestFacts['weights']): number {
  const own = Object.hasOwn(weights, type) ? weights[type] : Object.hasOwn(WEIGHTS, type) ? WEIGHTS[type] : 0;
  if (own === undefined || !Number.isFinite(own)) return 0;
  return REFUSALS.has(type) ? -Math.abs(own) : own;
}

/** How far a rating or review speaks for its items, from −1 to 1: by its stars, else by its words. */
function liking({ type, value, review }: InterestEvent): number {
  if (!RATED.has(type)) return 1;
  if (value !== undefined && Number.isFinite(value)) return Math.max(-1, Math.min(1, (value - 3) / 2));
  return review === undefined ? 1 : { positive: 1, negative: -1, neutral: 0 }[polarityOfReview(review)];
}

/** What weights of before are multiplied by: a power of two, unless the half-life is another one now. */
function scaleOf(before: Interests, { halfLifeMs, periods }: { halfLifeMs: number; periods: number }): number {
  if (before.halfLifeMs === halfLifeMs) return 2 ** (Math.floor(before.asOf / halfLifeMs) - periods);
  // Each keeps the weight that it had at `asOf`.
  const { asOf } = before;
  return 2 ** (asOf / halfLifeMs - periods - (asOf % before.halfLifeMs) / before.halfLifeMs);
}

function addSearch({ type, query, at }: InterestEvent, weight: number, values: ValueTable): boolean {
  const topic = type === 'search' && query !== undefined ? topicOf(query) : undefined;
  if (topic === undefined) return false;
  values.add('query', topic, weight, at);
  return true;
}

/**
 * A query as a topic: lower case, one space between words. Undefined for one with personal data, without words, and
 * for long ones.
 */
function topicOf(query: string): string | undefined {
  const plain = cleanText(query, { maxChars: LONGEST_TOPIC * 2 });
  if (withoutPersonalData(plain) !== plain) return undefined;
  const words = plain.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’&+-]*/gu) ?? [];
  const topic = words.join(' ');
  return topic === '' || words.length > WORDS_OF_TOPIC || topic.length > LONGEST_TOPIC ? undefined : topic;
}

function addReview({ type, review, at }: InterestEvent, weight: number, values: ValueTable): boolean {
  if (type !== 'review' || review === undefined) return false;
  // Whoever complains of an aspect cares about it as well.
  for (const aspect of aspectsIn(review)) values.add('aspects', aspect, Math.abs(weight), at);
  return true;
}

/** What an event says of an item. */
interface Saying {
  /** Before decay, which may leave nothing of it. */
  readonly liked: number;
  readonly weight: number;
  readonly at: number;
}

interface Tables {
  readonly values: ValueTable;
  readonly prices: PriceTable;
  readonly attributes: readonly string[];
}

function addItem(
  {
    categories = [],
    brand,
    tags = [],
    attributes = {},
    price,
  }: Pick<Item, 'categories' | 'brand' | 'tags' | 'attributes' | 'price'>,
  { liked, weight, at }: Saying,
  { values, prices, attributes: names }: Tables,
): void {
  const add = (path: string, said: readonly unknown[]): void => {
    for (const value of new Set(said.slice(0, VALUES_OF_PATH).filter(isValue))) values.add(path, value, weight, at);
  };
  add('categories', categories);
  add('brand', [brand]);
  add('tags', tags);
  for (const name of names.slice(0, MOST_ATTRIBUTES))
    if (name.length <= LONGEST_NAME && Object.hasOwn(attributes, name))
      add(`attributes.${name}`, [attributes[name]].flat());
  const category = categories.find(isValue) ?? '';
  if (price !== undefined && price.amount > 0 && liked > 0)
    prices.add({ category, currency: price.currency }, price.amount, weight, at);
}

const isValue = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_VALUE;
