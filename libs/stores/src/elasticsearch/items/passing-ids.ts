import { allOf, compilePredicate, type Predicate } from '@attune/sdk';
import type { ElasticsearchConnection } from '../client.js';
import { pitScan, type Bring } from '../pit-scan.js';
import { textOf } from './filter-token.js';
import type { ItemDocuments } from './item-documents.js';
import { every, isIndexed, queryOf } from './predicate.query.js';

/** More ids than these are not kept in memory. */
const MOST_IDS = 200_000;
const PAGE_IDS = 10_000;

/** Ids of the items that pass all conditions; undefined where they are more than 200,000. */
export async function passingIds(
  connection: ElasticsearchConnection,
  documents: ItemDocuments,
  conditions: readonly Predicate[],
): Promise<ReadonlySet<string> | undefined> {
  const ids = new Set<string>();
  for await (const page of pagesOfIds(connection, documents, conditions)) {
    for (const id of page) ids.add(id);
    if (ids.size > MOST_IDS) return undefined;
  }
  return ids;
}

/** What the index cannot tell is told from the items themselves. */
async function* pagesOfIds(
  connection: ElasticsearchConnection,
  documents: ItemDocuments,
  conditions: readonly Predicate[],
): AsyncGenerator<readonly string[]> {
  const query = every(conditions.filter(isIndexed).map(queryOf));
  const rest = allOf(conditions.filter((each) => !isIndexed(each)));
  if (rest !== undefined) {
    const passes = compilePredicate(rest);
    for await (const items of documents.scan(query)) yield items.filter(passes).map(({ id }) => id);
    return;
  }
  for await (const hits of pitScan(connection, { index: documents.index, query, size: PAGE_IDS, bring: IDS_ONLY }))
    yield hits.map(idOf);
}

/** What a hit brings along for `idOf`: nothing that lies in the stored document, which takes ten times as long. */
export const IDS_ONLY: Bring = { _source: false, stored_fields: '_none_', docvalue_fields: ['id'] };

/** The id of a hit that brought its terms along. */
export function idOf({ fields }: { readonly fields?: Readonly<Record<string, unknown>> | undefined }): string {
  const terms = fields?.['id'];
  const term: unknown = Array.isArray(terms) ? terms[0] : undefined;
  if (typeof term !== 'string') throw new TypeError('a hit came without its id');
  return textOf(term);
}
