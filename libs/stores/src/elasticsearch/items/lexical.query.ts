import type { LexicalQuery } from '@attune/sdk';
import { analyze } from '@attune/text';
import { queryTerms } from '../../embedded/items/query-terms.js';
import { every, type Query } from './predicate.query.js';

type Words = Pick<LexicalQuery, 'text' | 'synonyms'>;

const FIELD = 'words';

/**
 * Scores items by BM25 of the query's terms; undefined where it has none. The server's formula and its defaults are those
 * of `Bm25Index`.
 */
export function lexicalQuery(words: Words, filter?: Query): Query | undefined {
  const weights = weightsOf(words);
  if (weights.size === 0) return undefined;
  const should = Array.from(weights, ([term, boost]): Query => ({ term: { [FIELD]: { value: term, boost } } }));
  return scored(should, filter);
}

/**
 * Scores items by how many of the query's distinct terms they have, and `terms`, how many there are; a synonym whose terms
 * they all have counts one.
 */
export function coverageQuery(
  { text, synonyms = [] }: Words,
  filter: Query,
): { readonly query: Query; readonly terms: number } {
  const terms = [...new Set(analyze(text))].map(termQuery);
  const others = synonyms.map((synonym) => [...new Set(analyze(synonym))].map(termQuery));
  const counted = [...terms, ...others.filter((each) => each.length > 0).map(every)];
  const should = counted.map((one): Query => ({ constant_score: { filter: one, boost: 1 } }));
  return { query: scored(should, filter), terms: terms.length };
}

function weightsOf(words: Words): ReadonlyMap<string, number> {
  const terms = queryTerms(words);
  if (terms instanceof Map) return terms as ReadonlyMap<string, number>;
  const weights = new Map<string, number>();
  for (const term of terms as readonly string[]) weights.set(term, (weights.get(term) ?? 0) + 1);
  return weights;
}

const termQuery = (term: string): Query => ({ term: { [FIELD]: term } });

function scored(should: Query[], filter: Query | undefined): Query {
  return { bool: { should, minimum_should_match: 1, ...(filter === undefined ? {} : { filter: [filter] }) } };
}
