import type { estypes } from '@elastic/elasticsearch';
import type { LexicalQuery, Retrieved } from '@attune/sdk';
import type { ElasticsearchConnection } from '../client.js';
import type { ItemDocuments } from './item-documents.js';
import { knnQuery, MAX_HITS, nearness, similarityOf, type KnnSearch } from './knn.query.js';
import { coverageQuery, lexicalQuery } from './lexical.query.js';
import { idOf, IDS_ONLY } from './passing-ids.js';
import { idsQuery, type Query } from './predicate.query.js';
import type { VectorField } from './vector.field.js';

type Words = Pick<LexicalQuery, 'text' | 'synonyms'>;

export interface LexicalSearch extends Words {
  readonly k: number;
  readonly filter?: Query | undefined;
}

interface Hit {
  readonly id: string;
  readonly score: number;
}

const NONE: Retrieved = { ids: [], scores: new Float32Array(0) };

/** Searches over the items, one request each. */
export class ItemSearches {
  constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly documents: ItemDocuments,
  ) {}

  /** See `VectorIndexPort.knn`. */
  async knn(field: VectorField, search: KnnSearch, signal: AbortSignal): Promise<Retrieved> {
    field.check(['the query'], search.vector);
    const k = hitsOf(search.k);
    if (k === 0) return NONE;
    const request = knnQuery(field, { ...search, k });
    if (field.space.metric === 'euclidean') return await this.nearest(field, request, search.vector, signal);
    const hits = await this.hits(request, signal);
    return retrieved(hits.map(({ id, score }) => ({ id, score: similarityOf(field, score) })));
  }

  /** See `TextIndexPort.lexical`; equal scores in order of insertion. */
  async lexical({ k, filter, ...words }: LexicalSearch, signal: AbortSignal): Promise<Retrieved> {
    const query = lexicalQuery(words, filter);
    const size = hitsOf(k);
    if (query === undefined || size === 0) return NONE;
    const sort: estypes.Sort = [{ _score: { order: 'desc' } }, { order: 'asc' }];
    return retrieved(await this.hits({ ...this.whole, size, query, sort }, signal));
  }

  /** See `TextIndexPort.score`. */
  async score(words: Words, ids: readonly string[], signal: AbortSignal): Promise<Float32Array> {
    const scores = await this.scoresOf(ids, (filter) => lexicalQuery(words, filter), signal);
    return Float32Array.from(ids, (id) => scores.get(id) ?? NaN);
  }

  /** See `TextIndexPort.coverage`. */
  async coverage(words: Words, ids: readonly string[], signal: AbortSignal): Promise<Float32Array> {
    const { terms } = coverageQuery(words, { match_all: {} });
    if (terms === 0) return new Float32Array(ids.length);
    const counts = await this.scoresOf(ids, (filter) => coverageQuery(words, filter).query, signal);
    return Float32Array.from(ids, (id) => Math.min(1, (counts.get(id) ?? 0) / terms));
  }

  /** How many items there are, and the sum of their revisions. The server keeps the answer while nothing changes. */
  async summary(): Promise<{ readonly items: number; readonly revisions: number }> {
    const { hits, aggregations } = await this.connection.search({
      index: this.documents.index,
      size: 0,
      track_total_hits: true,
      request_cache: true,
      aggregations: { revisions: { sum: { field: 'revision' } } },
    });
    const total = hits.total ?? 0;
    const revisions = aggregations?.['revisions'];
    if (revisions === undefined || !('value' in revisions)) throw new TypeError('the sum of revisions is missing');
    return { items: typeof total === 'number' ? total : total.value, revisions: Number(revisions.value ?? 0) };
  }

  /** With more shards than one each would know only the frequencies of its own words. */
  private get whole(): Pick<estypes.SearchRequest, 'search_type'> {
    return (this.connection.options.shards ?? 1) > 1 ? { search_type: 'dfs_query_then_fetch' } : {};
  }

  private async scoresOf(
    ids: readonly string[],
    queryOf: (filter: Query) => Query | undefined,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, number>> {
    const scores = new Map<string, number>();
    const distinct = [...new Set(ids)];
    for (let from = 0; from < distinct.length; from += MAX_HITS) {
      const some = distinct.slice(from, from + MAX_HITS);
      const query = queryOf(idsQuery(some));
      if (query === undefined) break;
      const hits = await this.hits({ ...this.whole, size: some.length, query }, signal);
      for (const { id, score } of hits) scores.set(id, score);
    }
    return scores;
  }

  /** By distances of the vectors themselves. */
  private async nearest(
    field: VectorField,
    request: estypes.SearchRequest,
    query: Float32Array,
    signal: AbortSignal,
  ): Promise<Retrieved> {
    const hits = await this.hits(request, signal);
    const documents = await this.documents.read(
      hits.map(({ id }) => id),
      [field.rawName],
    );
    const near = hits.map(({ id, score }, i) => {
      const vector = field.decode(documents[i]?.members ?? {});
      return { id, score: vector === undefined ? similarityOf(field, score) : nearness(query, vector) };
    });
    return retrieved(near.sort((a, b) => b.score - a.score));
  }

  private async hits(request: estypes.SearchRequest, signal: AbortSignal): Promise<readonly Hit[]> {
    const { hits } = await this.connection.search(
      {
        index: this.documents.index,
        track_total_hits: false,
        ...IDS_ONLY,
        filter_path: ['timed_out', '_shards.failed', 'hits.max_score', 'hits.hits._score', 'hits.hits.fields'],
        ...request,
      },
      signal,
    );
    return (hits.hits ?? []).map((hit) => ({ id: idOf(hit), score: hit._score ?? 0 }));
  }
}

/** How many hits are asked for: a whole number the server gives. */
function hitsOf(k: number): number {
  return Math.max(0, Math.min(MAX_HITS, Math.floor(k)));
}

function retrieved(hits: readonly Hit[]): Retrieved {
  return { ids: hits.map(({ id }) => id), scores: Float32Array.from(hits, ({ score }) => score) };
}
