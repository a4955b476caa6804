import { blankedPersonalData } from '@attune/language';
import type { Facts } from '@attune/language/understanding';
import { allOf, type Degraded, type Predicate, type Query, type SearchRequest } from '@attune/sdk';
import { QueryRewriter } from '../../../search/query-rewriter.js';
import type { RelaxStep } from '../../../search/relaxations.js';
import {
  filterOfParts,
  saidIn,
  surestFirst,
  withoutLeastSure,
  type SaidPart,
  type SaidQuery,
} from '../../../search/said-query.js';
import type { Asking } from './asking.js';

/** A query as the catalogue's own words explain it; undefined where there is none. */
export async function understood(query: string | undefined, { tenant }: Asking): Promise<Query | undefined> {
  if (query === undefined) return undefined;
  return query.trim() === '' ? { text: query } : tenant.lexicon.understand(query);
}

type Asked = Pick<SearchRequest, 'query' | 'language' | 'filter' | 'exclude' | 'interpret' | 'at' | 'userId'>;

/** A search's query, and how it is searched where nothing that may be shown has its words. */
export interface SearchQuery {
  /** Undefined where it says nothing but what is filtered and how it is ordered. */
  readonly query: Query | undefined;
  /** The words with their spelling mended, where it was. */
  readonly corrected: string | undefined;
  readonly relaxed: readonly (RelaxStep | 'filters')[];
  /** The caller's own filter and what the query says. */
  readonly filter: Predicate | undefined;
  /** What the query says beside what it is about; undefined where that is nothing. */
  readonly said: SaidQuery | undefined;
  /** What is to be told of a language model that was asked. */
  readonly degraded: readonly Degraded[];
  /** The query searched with less of what it says, for where it leaves nothing; undefined where there is no less. */
  readonly less: (() => Promise<SearchQuery>) | undefined;
}

/** A query of many filters is not tried without each of them: so many of the surest are, and so often one is given up. */
const [MOST_TRIED, MOST_GIVEN] = [8, 3];

/** What the search call searches with. Never gives up the caller's own filter. */
export async function searchQuery(asked: Asked, asking: Asking): Promise<SearchQuery> {
  const { query: typed, language, interpret } = asked;
  const { lexicon, facts } = asking.tenant;
  const [query, read] = await Promise.all([lexicon.understand(typed, language), interpret ? facts.get() : undefined]);
  // What an item is called says nothing but its name.
  // Taken apart, an address has no form any more by which it could be kept from a language model.
  const isWhole = query.intent === 'navigational' || blankedPersonalData(typed) !== typed;
  if (read === undefined || isWhole) return worded(query, { asked, asking, filter: asked.filter });
  const { said, degraded } = await rewritten(saidIn(typed, read.reader), { asked, asking, query, facts: read.wishes });
  if (said === undefined) return { ...(await worded(query, { asked, asking, filter: asked.filter })), degraded };
  const filtering: Filtering = { asked, asking, said, currency: read.wishes.currency, degraded };
  return filtered(await partsAbout(filtering), filtering);
}

interface Rewriting {
  readonly asked: Asked;
  readonly asking: Asking;
  readonly query: Query;
  readonly facts: Facts;
}

/** What a query says, in a language model's words where it is asked and says what holds. */
async function rewritten(
  said: SaidQuery | undefined,
  { asked, asking: { tenant, platform }, query, facts }: Rewriting,
): Promise<Pick<SearchQuery, 'said' | 'degraded'>> {
  // As of a moment gone by, what the model said then is not known.
  if (asked.at !== undefined) return { said, degraded: [] };
  const rewriter = new QueryRewriter({ ...tenant, config: platform.config.search.rewrite, clock: platform.clock });
  const words = said?.rest ?? asked.query;
  const { held, degraded } = await rewriter.rewrite({ query, words, facts, userId: asked.userId });
  if (held === undefined) return { said, degraded };
  const own = said ?? { parts: [], foreign: [] };
  const paths = new Set(own.parts.map(({ path }) => path));
  const parts = [...own.parts, ...held.parts.filter(({ path }) => !paths.has(path))];
  return { said: { ...own, parts, rest: held.query, about: held.query, rewritten: true }, degraded };
}

interface Filtering {
  readonly asked: Asked;
  readonly asking: Asking;
  readonly said: SaidQuery;
  readonly currency: string | undefined;
  readonly degraded: readonly Degraded[];
}

/** Everything that the query says, less what keeps out every item that it is about: of two that do together, the less sure. */
async function partsAbout({ said, asked, asking, currency }: Filtering): Promise<readonly SaidPart[]> {
  const { parts, rest } = said;
  const about = said.about === '' ? rest : said.about;
  const finds = (some: readonly SaidPart[]): Promise<boolean> =>
    asking.tenant.lexicon.finds(about, shownWhere(asked, allOf([asked.filter, filterOfParts(some, { currency })])));
  // Where it is about nothing that is sold, no filter is at fault.
  if (about === '' || parts.length === 0 || (await finds(parts)) || !(await finds([]))) return parts;
  const kept = new Set<SaidPart>();
  for (const part of surestFirst(parts).slice(0, MOST_TRIED)) if (await finds([...kept, part])) kept.add(part);
  return parts.filter((part) => kept.has(part));
}

interface Trying {
  /** Whether a query that is filters alone is searched by its words as typed. */
  readonly byWords?: boolean;
  /** How often less was tried. */
  readonly given?: number;
}

/** The query with some of its filters; where they leave nothing, the next is one with the least sure given up. */
async function filtered(
  parts: readonly SaidPart[],
  filtering: Filtering,
  { byWords = false, given = 0 }: Trying = {},
): Promise<SearchQuery> {
  const { said, asked, asking, currency, degraded } = filtering;
  const own = { ...said, parts };
  const filter = allOf([asked.filter, filterOfParts(parts, { currency })]);
  const givenUp = parts.length < said.parts.length ? (['filters'] as const) : [];
  const left = given < MOST_GIVEN ? withoutLeastSure(parts) : [];
  const fewer = parts.length === 0 ? undefined : () => filtered(left, filtering, { given: given + 1 });
  const text = said.rest === '' && byWords ? asked.query : said.rest;
  if (text === '') {
    // Before anything was sold nothing is popular: then the words as typed find what they can.
    const less = parts.length === 0 ? undefined : () => filtered(parts, filtering, { byWords: true, given });
    return { query: undefined, corrected: undefined, relaxed: givenUp, filter, said: own, less, degraded };
  }
  const query = await asking.tenant.lexicon.understand(text, asked.language);
  const { relaxed, ...rest } = await worded(query, { asked, asking, filter });
  return { ...rest, relaxed: [...givenUp, ...relaxed], said: own, less: fewer, degraded };
}

interface Wording {
  readonly asked: Asked;
  readonly asking: Asking;
  readonly filter: Predicate | undefined;
}

/** The query's own words, or those that are tried instead. */
async function worded(query: Query, { asked, asking, filter }: Wording): Promise<SearchQuery> {
  const relaxation = await asking.tenant.lexicon.relax(query, shownWhere(asked, filter));
  const mended = query.typed !== undefined ? query.text : undefined;
  const { relaxed } = relaxation;
  const mendedLater = relaxed.length === 1 && relaxed[0] === 'spelling' ? relaxation.query.text : undefined;
  return { ...relaxation, corrected: mended ?? mendedLater, filter, said: undefined, less: undefined, degraded: [] };
}

function shownWhere({ exclude = [] }: Asked, filter: Predicate | undefined): Predicate | undefined {
  return allOf([filter, exclude.length === 0 ? undefined : { id: { $nin: exclude } }, { available: true }]);
}
