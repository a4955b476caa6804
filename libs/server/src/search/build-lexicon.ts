import type { Item, ItemCounts, TenantStores } from '@attune/sdk';
import { SpellingIndex, SuggestionIndex, type SuggestionEntry } from '@attune/text';
import type { SharedQuery } from './past-queries.js';
import { QueryIntents } from './query-intent.js';

export type SuggestionKind = 'query' | 'title' | 'category' | 'brand';

export interface LexiconEntry extends SuggestionEntry {
  readonly kind: SuggestionKind;
  /** Its categories and its brand: what a person's taste is compared with. */
  readonly about: readonly string[];
}

/** What is known of a catalogue's words; does not change any more. */
export interface Lexicon {
  readonly spelling: SpellingIndex;
  readonly suggestions: SuggestionIndex<LexiconEntry>;
  readonly intents: QueryIntents;
}

/** What people searched for comes first, then kinds of items, then items by what was done with them. */
const WEIGHTS = { query: 4, category: 3, brand: 3, title: 1 } as const;
/** Items read between two pauses. */
const SLICE = 100;
/** Events that make an item known. */
const POPULAR_BY = ['view', 'click', 'add_to_cart', 'purchase', 'like'];

export interface BuildLexicon {
  readonly stores: Pick<TenantStores, 'items' | 'events'>;
  readonly queries: readonly SharedQuery[];
  /** Called between slices of the work; lets others have a turn, or throws to end it. */
  readonly pause: () => Promise<void>;
}

/** Reads the whole catalogue. */
export async function buildLexicon({ stores, queries, pause }: BuildLexicon): Promise<Lexicon> {
  const lexicon = {
    spelling: new SpellingIndex(),
    suggestions: new SuggestionIndex<LexiconEntry>(),
    intents: new QueryIntents(),
  };
  const groups = { category: new Map<string, number>(), brand: new Map<string, number>() };
  const known = await stores.events.window({ types: POPULAR_BY, from: -Infinity, to: Infinity });
  const popularity = popularityOf(known);
  for await (const page of stores.items.scan()) {
    for (const [i, item] of page.entries()) {
      addItem(item, { lexicon, groups, weight: popularity(item.id) });
      if (i % SLICE === SLICE - 1) await pause();
    }
    await pause();
  }
  addGroups(lexicon, groups);
  const most = largest(queries.map(({ people }) => people));
  for (const { text, people } of queries) {
    lexicon.spelling.add(text, people);
    lexicon.suggestions.add({ text, kind: 'query', about: [], weight: WEIGHTS.query + share(people, most) });
  }
  for (const _ of lexicon.suggestions.settling()) await pause();
  lexicon.spelling.settle();
  return lexicon;
}

interface Adding {
  readonly lexicon: Lexicon;
  readonly groups: { readonly category: Map<string, number>; readonly brand: Map<string, number> };
  readonly weight: number;
}

function addItem(item: Item, { lexicon, groups, weight }: Adding): void {
  const { title, categories = [], brand, tags = [] } = item;
  const brands = brand === undefined ? [] : [brand];
  for (const text of [title, ...categories, ...brands, ...tags]) lexicon.spelling.add(text);
  lexicon.intents.add(item);
  for (const category of categories) groups.category.set(category, (groups.category.get(category) ?? 0) + 1);
  for (const one of brands) groups.brand.set(one, (groups.brand.get(one) ?? 0) + 1);
  if (item.available === false) return;
  lexicon.suggestions.add({ text: title, kind: 'title', about: [...categories, ...brands], weight });
}

function addGroups({ suggestions }: Lexicon, groups: Adding['groups']): void {
  const most = largest([...groups.category.values(), ...groups.brand.values()]);
  for (const kind of ['category', 'brand'] as const) {
    for (const [text, items] of groups[kind]) {
      suggestions.add({ text, kind, about: [text], weight: WEIGHTS[kind] + share(items, most) });
    }
  }
}

/** Weight of a title: from 1 where nothing was ever done with the item to 3 for the one most was done with. */
function popularityOf({ vocabulary, byRow }: ItemCounts): (id: string) => number {
  const most = largest(byRow);
  return (id) => WEIGHTS.title + 2 * share(byRow[vocabulary.row(id)] ?? 0, most);
}

function largest(counts: Iterable<number>): number {
  let most = 0;
  for (const count of counts) most = Math.max(most, count);
  return most;
}

/** 0..1, by the logarithm: twice as many is a step, whatever the size. */
const share = (count: number, most: number): number => (most === 0 ? 0 : Math.log1p(count) / Math.log1p(most));
