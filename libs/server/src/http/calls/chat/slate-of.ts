import { searchRequestSchema, slateRequestSchema } from '@attune/sdk';
import type { Facet, Item, Predicate, SlateAnswer, SlateItem } from '@attune/sdk';
import { allOf } from '@attune/sdk';
import { analyze } from '@attune/text';
import { facetsOf } from '../../../search/facets.js';
import type { Asking } from '../slates/asking.js';
import { served as recommended } from '../slates/recommend.js';
import { served as searched } from '../slates/search.js';
import { sortedOrder } from '../slates/slate-order.js';
import { show, type Showing } from '../slates/show.js';
import type { Turn } from './turn.js';

/** What a slate is asked for. */
export interface Wanted {
  readonly query: string | undefined;
  /** Values that items must have: searched by where there is no query, so that the index finds all of them. */
  readonly values: string;
  readonly filter: Predicate | undefined;
  readonly exclude: readonly string[];
  readonly sort: 'price-asc' | 'price-desc' | 'newest' | undefined;
  /** The item whose like is asked for. */
  readonly seed: string | undefined;
  /** Words that no item may have. */
  readonly unwanted: readonly string[];
  readonly limit: number;
  /** Nobody is shown it: it is not logged. */
  readonly isProbe?: boolean;
}

export interface ChatSlate {
  readonly slateId: string;
  readonly items: SlateItem[];
  readonly total: number;
  /** How many of the items have every word of the query; all of them where there is no query. */
  readonly exact: number;
  /** How often each value occurs over `counted` items. */
  readonly facets: readonly Facet[];
  readonly counted: number;
}

/** Items that a request may leave out, and slates that it may have. */
const [MOST_EXCLUDED, MOST_ITEMS] = [1_000, 200];
/** How often items with unwanted words are taken out and others looked for. */
const TRIES = 5;
const ITEM_SURFACE = 'item';

/** A slate of the pipelines as they are; with unwanted words, again until none of its items has one. */
export async function slateOf(wanted: Wanted, turn: Turn): Promise<ChatSlate> {
  const sorted = await ofTheWords(wanted, turn);
  const refused = sorted.unwanted.map((word) => analyze(word)).filter((terms) => terms.length > 0);
  let exclude = sorted.exclude;
  for (let tries = 0; ; tries++) {
    const found = await slateFor({ ...sorted, exclude }, turn);
    const { answer: first } = found.showing;
    const has = first.items.filter(({ item }) => item !== undefined && hasAny(item, refused)).map(({ id }) => id);
    if (has.length === 0 || tries >= TRIES) return answered(found, wanted, { turn, without: new Set(has) });
    exclude = [...exclude, ...has];
  }
}

async function answered(
  { showing, facets, counted, words }: Found,
  { isProbe }: Wanted,
  { turn, without }: { readonly turn: Turn; readonly without: ReadonlySet<string> },
): Promise<ChatSlate> {
  const answer = isProbe === true ? showing.answer : await show(showing, turn.asking);
  const items = answer.items.filter(({ id }) => !without.has(id));
  const exact = items.filter(({ item }) => item !== undefined && hasAny(item, [words])).length;
  return { slateId: answer.slateId, items, total: showing.served.total, exact, facets, counted };
}

/**
 * In an order of prices or age only what has the words is of interest, as far as there is any: the cheapest thing that
 * is somehow like a lunch box is an egg spoon.
 */
async function ofTheWords(wanted: Wanted, turn: Turn): Promise<Wanted> {
  if (wanted.sort === undefined || wanted.query === undefined) return wanted;
  const { showing, words } = await slateFor({ ...wanted, sort: undefined, limit: MOST_ITEMS, isProbe: true }, turn);
  const ids = showing.answer.items.flatMap(({ id, item }) => (item !== undefined && hasAny(item, [words]) ? [id] : []));
  return ids.length === 0 ? wanted : { ...wanted, filter: allOf([wanted.filter, { id: { $in: ids } }]) };
}

interface Found extends Pick<ChatSlate, 'facets' | 'counted'> {
  readonly showing: Showing<SlateAnswer>;
  /** Terms of the query as it was searched by. */
  readonly words: readonly string[];
}

async function slateFor(wanted: Wanted, { asked, asking, telling }: Turn): Promise<Found> {
  const { query, values, filter, exclude, sort, seed, limit, isProbe } = wanted;
  const { userId, anonymousId, sessionId } = asked;
  const common = {
    ...{ userId, anonymousId, sessionId, limit },
    exclude: exclude.slice(-MOST_EXCLUDED),
    seen: 'include',
    locale: telling.language,
    // Nobody reads the reasons of a probe, and a language model may be asked for them.
    explain: isProbe !== true,
  };
  if (seed !== undefined)
    return recommendedBy({ ...common, surface: ITEM_SURFACE, itemIds: [seed] }, { filter, asking });
  const text = (query ?? values).slice(0, 1000);
  if (text === '') return recommendedBy({ ...common, surface: asked.surface }, { filter, asking, sort });
  const facets = facetFields(asking);
  const found = await searchedBy({ ...common, query: text, sort, facets, interpret: false }, { filter, asking });
  return query === undefined ? { ...found, words: [] } : found;
}

/** The filter apart: what the caller sent and what was said may be more together than one request may bring. */
interface Limits extends Pick<Wanted, 'filter'> {
  readonly asking: Asking;
  readonly sort?: Wanted['sort'];
}

async function recommendedBy(body: object, { filter, asking, sort }: Limits): Promise<Found> {
  const request = { ...slateRequestSchema.parse(body), ...(filter !== undefined && { filter }) };
  const relevant = await recommended(request, asking);
  const showing = sort === undefined ? relevant : await inOrder(relevant, sort, asking);
  const items = showing.answer.items.flatMap(({ item }) => (item === undefined ? [] : [item]));
  const facets = facetsOf(items, facetFields(asking), asking.platform.config.attributes);
  return { showing, facets, counted: items.length, words: [] };
}

/** Everything that was proposed, in another order. */
async function inOrder(
  showing: Showing<SlateAnswer>,
  sort: NonNullable<Wanted['sort']>,
  { tenant }: Asking,
): Promise<Showing<SlateAnswer>> {
  const { served, request, answer } = showing;
  const order = sortedOrder(served, sort, await tenant.stores.items.get(served.passed().ids));
  return { ...showing, order, answer: { ...answer, items: [...(await order.show(0, request.limit))] } };
}

async function searchedBy(body: object, { filter, asking }: Limits): Promise<Found> {
  const request = { ...searchRequestSchema.parse(body), ...(filter !== undefined && { filter }) };
  const showing = await searched(request, asking);
  const { facets = [], query } = showing.answer;
  return { showing, facets, counted: showing.served.total, words: analyze(query.text) };
}

/** Whether an item has all terms of any of the phrases; one without terms everything has. */
function hasAny(item: Item, phrases: readonly (readonly string[])[]): boolean {
  if (phrases.length === 0) return false;
  const { title, description = '', tags = [], categories = [], brand = '', attributes = {} } = item;
  const values = Object.values(attributes).flat().map(String);
  const terms = new Set(analyze([title, description, brand, ...tags, ...categories, ...values].join(' ')));
  return phrases.some((phrase) => phrase.every((term) => terms.has(term)));
}

/** What parts items for people: categories, and the attributes with facets that are words. */
function facetFields({ platform }: Asking): string[] {
  const declared = Object.entries(platform.config.attributes);
  const words = declared.filter(([, { type, facet }]) => type === 'keyword' && facet === true);
  return [...words.map(([name]) => `attributes.${name}`), 'categories'];
}
