import { isDeepStrictEqual } from 'node:util';
import type { estypes } from '@elastic/elasticsearch';
import { repeatedItem } from './event.document.js';
import type { EventLog } from './event-log.js';

type Query = NonNullable<estypes.QueryDslQueryContainer>;
type Source = Pick<EventLog, 'connection' | 'all'>;

/** Events counted: `from ≤ at < to` in whole milliseconds, of these types or of all. */
export interface CountedEvents {
  readonly from: number;
  readonly to: number;
  readonly types?: readonly string[] | undefined;
}

/** How often each item occurs, by event type. */
export type CountsByType = ReadonlyMap<string, ReadonlyMap<string, number>>;

type Key = Record<string, estypes.FieldValue>;
type Sources = Record<string, estypes.AggregationsCompositeAggregationSource>[];

const PAGE = 10_000;
/** From here on dates mean: without an end. */
const LAST_AT = 4_133_980_800_000;

/** Exact counts, whatever the number of items: an event that names an item twice counts twice. */
export async function countItems(log: Source, counted: CountedEvents): Promise<CountsByType> {
  const query = queryOf(counted);
  const counts = new Map<string, Map<string, number>>();
  const add = (type: string, item: string, count: number): void => {
    let ofType = counts.get(type);
    if (ofType === undefined) counts.set(type, (ofType = new Map<string, number>()));
    ofType.set(item, (ofType.get(item) ?? 0) + count);
  };
  for await (const [type, item, count] of pairs(log, query, 'items')) add(type, item, count);
  for await (const [type, repeat, count] of pairs(log, query, 'repeats')) add(type, repeatedItem(repeat), count);
  return counts;
}

function queryOf({ from, to, types }: CountedEvents): Query {
  const filter: Query[] = [];
  if (from > 0 || to < LAST_AT)
    filter.push({ range: { at: { ...(from > 0 ? { gte: from } : {}), ...(to < LAST_AT ? { lt: to } : {}) } } });
  if (types !== undefined) filter.push({ terms: { type: [...types] } });
  return { bool: { filter } };
}

/** Each type with each value of the field, and how many events have both. */
async function* pairs(
  { connection, all }: Source,
  query: Query,
  field: 'items' | 'repeats',
): AsyncGenerator<readonly [string, string, number]> {
  let after: Key | undefined;
  do {
    const sources: Sources = [{ type: { terms: { field: 'type' } } }, { value: { terms: { field } } }];
    const composite = { size: PAGE, sources, ...(after === undefined ? {} : { after }) };
    const { aggregations } = await connection.search({ index: all, size: 0, query, aggs: { pairs: { composite } } });
    const page = aggregations?.['pairs'] as estypes.AggregationsCompositeAggregate | undefined;
    for (const { key, doc_count: count } of Array.isArray(page?.buckets) ? page.buckets : [])
      yield [String(key['type']), String(key['value']), count];
    const last = page?.after_key as Key | undefined;
    after = isDeepStrictEqual(last, after) ? undefined : last;
  } while (after !== undefined);
}
