import type { ServedSlate } from '@attune/engine';
import type { Facet, SearchAnswer, SearchRequest, UnderstoodQuery } from '@attune/sdk';
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
  const order = isSorted ? await sortedOrder(slate, sort, tenant.stores.items) : relevanceOrder(slate);
  const answer: SearchAnswer = {
    ...slate.slate,
    items: isSorted ? [...(await order.show(0, body.limit))] : slate.slate.items,
    total: slate.total,
    ...(facets !== undefined && { facets: await countedFacets(slate, facets, asking) }),
    query: saidOf(understood, slate.filled),
  };
  return { call: { call: 'search', body }, request, served: slate, answer, order };
}

/** Facets over everything that passed the filters, whatever the limit. */
async function countedFacets(
  slate: ServedSlate,
  fields: readonly string[],
  { tenant, platform }: Asking,
): Promise<Facet[]> {
  const documents = await tenant.stores.items.get(slate.passed().ids);
  const items = documents.filter((item) => item !== undefined);
  return facetsOf(items, fields, platform.config.attributes);
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
