import type { SearchAnswer, SearchRequest, UnderstoodQuery } from '@attune/sdk';
import { checkFacets, facetsOf } from '../../../search/facets.js';
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
  const { sort, facets } = body;
  checkFacets(facets, platform.config.attributes);
  const understood = await searchQuery(body, asking);
  const request = engineRequest(body, understood.query, asking);
  const slate = await serveOne({ surface: 'search', artifacts: body.artifacts, request }, asking);
  const isSorted = sort !== 'relevance';
  // Of everything that passed the filters, whatever the limit.
  const documents = isSorted || facets !== undefined ? await tenant.stores.items.get(slate.passed().ids) : [];
  const order = isSorted ? sortedOrder(slate, sort, documents) : relevanceOrder(slate);
  const items = documents.filter((item) => item !== undefined);
  const answer: SearchAnswer = {
    ...slate.slate,
    items: isSorted ? [...(await order.show(0, body.limit))] : slate.slate.items,
    total: slate.total,
    ...(facets !== undefined && { facets: facetsOf(items, facets, platform.config.attributes) }),
    query: saidOf(understood, slate.filled),
  };
  return { call: { call: 'search', body }, request, served: slate, answer, order };
}

function saidOf(
  { query: { text, typed, intent }, corrected, relaxed }: SearchQuery,
  nothingFound: boolean,
): UnderstoodQuery {
  return {
    text,
    ...(typed !== undefined && { typed }),
    ...(corrected !== undefined && { corrected }),
    ...(intent !== undefined && { intent }),
    relaxed: [...relaxed, ...(nothingFound ? ['popular'] : [])],
  };
}
