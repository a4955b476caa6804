import type { ServedSlate } from '@attune/engine';
import type { SearchAnswer, SearchRequest, UnderstoodQuery } from '@attune/sdk';
import { languageOf } from '@attune/text';
import { checkFacets, facetsOf } from '../../../search/facets.js';
import { checkFilterable } from '../filterable.js';
import { refuseUntilReady, type Asking } from './asking.js';
import { engineRequest } from './engine-request.js';
import { serveOne } from './serve-one.js';
import { show, type Showing } from './show.js';
import { relevanceOrder, sortedOrder } from './slate-order.js';
import { searchQuery, type SearchQuery } from './understood.js';

/** A slate of the search surface, with how many items matched, their facets, and how the query was understood. */
export async function searchFor(body: SearchRequest, asking: Asking): Promise<SearchAnswer> {
  refuseUntilReady(asking.platform);
  return show(await served(body, asking), asking);
}

/** The slate before anybody is told of it. */
export async function served(body: SearchRequest, asking: Asking): Promise<Showing<SearchAnswer>> {
  const { platform, tenant } = asking;
  const { facets } = body;
  checkFacets(facets, platform.config.attributes);
  const { understood, request, slate } = await found(body, asking);
  const sort = body.sort ?? understood.said?.sort ?? 'relevance';
  const isSorted = sort !== 'relevance';
  // Of everything that passed the filters, whatever the limit.
  const { ids } = isSorted || facets !== undefined ? slate.passed() : { ids: [] };
  const documents = await tenant.stores.items.get(ids);
  const isMeant = body.sort === undefined ? await meantAmong(ids, understood, asking) : undefined;
  const order = isSorted ? sortedOrder(slate, sort, documents, isMeant) : relevanceOrder(slate);
  const items = documents.filter((item) => item !== undefined);
  const answer: SearchAnswer = {
    ...slate.slate,
    degraded: [...slate.slate.degraded, ...understood.degraded],
    items: isSorted ? [...(await order.show(0, body.limit))] : slate.slate.items,
    total: slate.total,
    ...(facets !== undefined && { facets: facetsOf(items, facets, platform.config.attributes) }),
    query: toldOf(understood, body, slate),
  };
  return { call: { call: 'search', body }, request, served: slate, answer, order };
}

type Found = Pick<Showing<SearchAnswer>, 'request'> & {
  readonly understood: SearchQuery;
  readonly slate: ServedSlate;
};

/** Gives up what the query says, one after the other, while it leaves nothing. */
async function found(body: SearchRequest, asking: Asking): Promise<Found> {
  // Before its words are looked at: whose fault it is must not depend on them.
  checkFilterable(body.filter, asking.platform.config.attributes);
  // Of the words as typed: where they are all filters, none is left to tell it from.
  const locale = body.locale ?? languageOf(body.query);
  for (let understood = await searchQuery(body, asking); ; understood = await understood.less()) {
    const { query, filter } = understood;
    const request = engineRequest({ ...body, locale, filter }, query, asking);
    const slate = await serveOne({ surface: 'search', artifacts: body.artifacts, request }, asking);
    if (slate.total > 0 || understood.less === undefined) return { understood, request, slate };
  }
}

/**
 * Which of the items are what a query is about that says an order: those with most of its words. A list by price begins
 * with what hardly fits otherwise, for what is found by meaning is found, too.
 */
async function meantAmong(
  ids: readonly string[],
  { query, said }: SearchQuery,
  { tenant }: Asking,
): Promise<((place: number) => boolean) | undefined> {
  if (said?.sort === undefined || query === undefined) return undefined;
  const shares = await tenant.lexicon.covered(query, ids);
  const most = shares.reduce((a, b) => Math.max(a, b), 0);
  return (place) => shares[place] === most;
}

function toldOf(
  { query, corrected, relaxed, said }: SearchQuery,
  { query: typed }: SearchRequest,
  { filled }: ServedSlate,
): UnderstoodQuery {
  const { text, intent } = query ?? { text: '' };
  // What sells is what was asked for where only filters were said.
  const nothingFound = filled && (query !== undefined || relaxed.length > 0);
  return {
    text,
    ...(text !== typed && { typed }),
    ...(corrected !== undefined && { corrected }),
    ...(intent !== undefined && { intent }),
    relaxed: [...relaxed, ...(nothingFound ? ['popular'] : [])],
    ...(said !== undefined && {
      ...(said.parts.length > 0 && { filters: said.parts.map(toldPart) }),
      rest: said.rest,
      ...(said.sort !== undefined && { sort: said.sort }),
      ...(said.rewritten === true && { rewritten: true }),
      ...(said.foreign.length > 0 && { foreign: [...said.foreign] }),
    }),
  };
}

type ToldFilter = NonNullable<UnderstoodQuery['filters']>[number];

function toldPart({ path, test, text, span }: NonNullable<SearchQuery['said']>['parts'][number]): ToldFilter {
  const { $in, $nin, ...bounds } = test;
  return {
    path,
    test: { ...($in && { $in: [...$in] }), ...($nin && { $nin: [...$nin] }), ...bounds },
    text,
    ...(span !== undefined && { span: [...span] }),
  };
}
