import type { estypes } from '@elastic/elasticsearch';
import type { ElasticsearchConnection } from './client.js';
import { merged } from './merged.js';

/** What hits bring along. */
export type Bring = Pick<
  estypes.SearchRequest,
  '_source' | 'stored_fields' | 'fields' | 'docvalue_fields' | 'seq_no_primary_term'
>;

export interface PitScan {
  /** A name, an alias or a pattern. */
  readonly index: string;
  readonly query?: estypes.QueryDslQueryContainer | undefined;
  /** Default: the order that is cheapest. */
  readonly sort?: estypes.SortCombinations[] | undefined;
  /** Documents a page, default 1,000. */
  readonly size?: number | undefined;
  /** What a hit brings along, such as `_source` and `fields`; default: ids only. */
  readonly bring?: Bring | undefined;
  /** Parts that are read side by side, default 1; with more, pages come in no order. */
  readonly slices?: number | undefined;
}

const KEEP_ALIVE = '2m';

/** All documents as of the first page, in pages; the point in time is let go of however the loop ends. */
export async function* pitScan<Document = unknown>(
  connection: ElasticsearchConnection,
  scan: PitScan,
): AsyncGenerator<readonly estypes.SearchHit<Document>[]> {
  const { index, slices = 1 } = scan;
  const { id } = await connection.read((client) =>
    client.openPointInTime({ index, keep_alive: KEEP_ALIVE, allow_partial_search_results: false }),
  );
  try {
    if (slices === 1) yield* pagesOf<Document>(connection, id, scan);
    else yield* merged(Array.from({ length: slices }, (_, at) => pagesOf<Document>(connection, id, scan, at)));
  } finally {
    // It would expire by itself: that it could not be let go of is no failure of the scan.
    await connection.read((client) => client.closePointInTime({ id })).catch(() => undefined);
  }
}

async function* pagesOf<Document>(
  connection: ElasticsearchConnection,
  id: string,
  { query, sort, size = 1_000, bring = { _source: false }, slices }: PitScan,
  slice?: number,
): AsyncGenerator<readonly estypes.SearchHit<Document>[]> {
  const request: estypes.SearchRequest = {
    pit: { id, keep_alive: KEEP_ALIVE },
    size,
    sort: sort ?? ['_shard_doc'],
    track_total_hits: false,
    ...bring,
    ...(query === undefined ? {} : { query }),
    ...(slice === undefined || slices === undefined ? {} : { slice: { id: String(slice), max: slices } }),
  };
  let after: estypes.SortResults | undefined;
  do {
    const page = await connection.search<Document>({
      ...request,
      ...(after === undefined ? {} : { search_after: after }),
    });
    const { hits } = page.hits;
    if (hits.length > 0) yield hits;
    after = hits.length < size ? undefined : hits.at(-1)?.sort;
  } while (after !== undefined);
}
