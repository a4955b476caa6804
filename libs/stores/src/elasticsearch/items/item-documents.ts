import type { estypes } from '@elastic/elasticsearch';
import type { Item } from '@attune/sdk';
import type { DocumentVersion } from '../bulk.js';
import type { ElasticsearchConnection } from '../client.js';
import { documentId } from '../index-names.js';
import { pitScan } from '../pit-scan.js';
import { itemOf } from './item.document.js';
import type { Query } from './predicate.query.js';

/** A document as it is stored now, refreshed or not. */
export interface StoredDocument {
  readonly version: DocumentVersion;
  readonly members: Readonly<Record<string, unknown>>;
}

const MGET_DOCUMENTS = 500;
const PAGE_ITEMS = 500;
const MOST_TEXTS = 500;

/** Documents of the items' index, by id and in order. */
export class ItemDocuments {
  constructor(
    private readonly connection: ElasticsearchConnection,
    readonly index: string,
  ) {}

  /** Members of documents `[ids]`, undefined where there is none; as they are now, refreshed or not. */
  async read(
    ids: readonly string[],
    members: readonly string[],
    failure: 'read' | 'write' = 'read',
  ): Promise<readonly (StoredDocument | undefined)[]> {
    const found: (StoredDocument | undefined)[] = [];
    for (let from = 0; from < ids.length; from += MGET_DOCUMENTS) {
      const request = { index: this.index, ids: ids.slice(from, from + MGET_DOCUMENTS).map(documentId) };
      const documents = await this.connection[failure](async (client) => {
        const { docs } = await client.mget<Readonly<Record<string, unknown>>>({
          ...request,
          _source_includes: [...members],
        });
        return docs.map(storedDocument);
      });
      found.push(...documents);
    }
    return found;
  }

  /** Items `[ids]`, undefined where unknown. */
  async items(ids: readonly string[]): Promise<readonly (Item | undefined)[]> {
    const documents = await this.read(ids, ['json']);
    return documents.map((document) => document && itemOf(String(document.members['json'])));
  }

  /** How many documents a query finds. */
  async count(query: Query): Promise<number> {
    const { hits } = await this.connection.search({ index: this.index, size: 0, track_total_hits: true, query });
    return typeof hits.total === 'number' ? hits.total : (hits.total?.value ?? 0);
  }

  /** Members of the documents that a query finds, one for each of its `textHash`es. */
  async membersOf(query: Query, members: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { hits } = await this.connection.search<Readonly<Record<string, unknown>>>({
      index: this.index,
      size: MOST_TEXTS,
      query,
      collapse: { field: 'textHash' },
      _source: [...members],
    });
    return hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : [_source]));
  }

  /** The fields that the index has. */
  async fields(): Promise<Readonly<Record<string, estypes.MappingProperty>>> {
    const { index } = this;
    const mapped = await this.connection.read((client) => client.indices.getMapping({ index }));
    return Object.assign({}, ...Object.values(mapped).map(({ mappings }) => mappings.properties)) as Readonly<
      Record<string, estypes.MappingProperty>
    >;
  }

  /** The items that a query finds, in order of insertion, in pages of at most 500. */
  async *scan(query?: Query): AsyncGenerator<readonly Item[]> {
    const pages = pitScan<{ readonly json: string }>(this.connection, {
      index: this.index,
      query,
      sort: [{ order: 'asc' }],
      size: PAGE_ITEMS,
      bring: { _source: ['json'] },
    });
    for await (const hits of pages) yield hits.map(({ _source }) => itemOf(_source?.json ?? ''));
  }
}

function storedDocument(
  document: estypes.MgetResponseItem<Readonly<Record<string, unknown>>>,
): StoredDocument | undefined {
  if ('error' in document) throw new Error(`${document._index}: ${document.error.reason ?? document.error.type}`);
  const { found, _seq_no: seqNo, _primary_term: primaryTerm, _source } = document;
  if (!found || seqNo === undefined || primaryTerm === undefined || _source === undefined) return undefined;
  return { version: { seqNo, primaryTerm }, members: _source };
}
