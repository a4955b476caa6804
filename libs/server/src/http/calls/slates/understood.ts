import { allOf, type Query, type SearchRequest } from '@attune/sdk';
import type { Relaxation } from '../../../search/relaxations.js';
import type { Asking } from './asking.js';

/** A query as the catalogue's own words explain it; undefined where there is none. */
export async function understood(query: string | undefined, { tenant }: Asking): Promise<Query | undefined> {
  if (query === undefined) return undefined;
  return query.trim() === '' ? { text: query } : tenant.lexicon.understand(query);
}

/** A search's query, and how it is searched where nothing that may be shown has its words. */
export interface SearchQuery extends Relaxation {
  /** The words with their spelling mended, where it was. */
  readonly corrected: string | undefined;
}

/** What the search call searches with. Never gives up the caller's own filter. */
export async function searchQuery(
  asked: Pick<SearchRequest, 'query' | 'language' | 'filter' | 'exclude'>,
  { tenant }: Asking,
): Promise<SearchQuery> {
  const { query: typed, language, filter, exclude = [] } = asked;
  const query = await tenant.lexicon.understand(typed, language);
  const excluded = exclude.length === 0 ? undefined : { id: { $nin: exclude } };
  const relaxation = await tenant.lexicon.relax(query, allOf([filter, excluded, { available: true }]));
  const mended = query.typed !== undefined ? query.text : undefined;
  const { relaxed } = relaxation;
  const mendedLater = relaxed.length === 1 && relaxed[0] === 'spelling' ? relaxation.query.text : undefined;
  return { ...relaxation, corrected: mended ?? mendedLater };
}
