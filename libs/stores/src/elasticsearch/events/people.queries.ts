import { isDeepStrictEqual } from 'node:util';
import type { estypes } from '@elastic/elasticsearch';
import { inTime, type JoinMark } from '../../distributed/events/subject.js';
import { pitScan } from '../pit-scan.js';
import type { EventLog } from './event-log.js';

type Query = NonNullable<estypes.QueryDslQueryContainer>;
type Source = Pick<EventLog, 'connection' | 'all'>;

interface JoinDocument {
  readonly anonymousId: string;
  readonly userId: string;
  readonly arrival: string;
  readonly at: number;
}

const PAGE = 1_000;
/** Servers take 65,536 terms in a query. */
const IDS_AT_A_TIME = 10_000;

/** Different values of a field among the events that match, in pages of 1,000. */
export async function* valuesOf(
  { connection, all }: Source,
  field: 'userId' | 'anonymousId',
  query?: Query,
): AsyncGenerator<readonly string[]> {
  const sources = [{ value: { terms: { field } } }];
  let after: Record<string, estypes.FieldValue> | undefined;
  do {
    const { aggregations } = await connection.search({
      index: all,
      size: 0,
      ...(query === undefined ? {} : { query }),
      aggs: { values: { composite: { size: PAGE, sources, ...(after === undefined ? {} : { after }) } } },
    });
    const page = aggregations?.['values'] as estypes.AggregationsCompositeAggregate | undefined;
    const buckets = Array.isArray(page?.buckets) ? page.buckets : [];
    if (buckets.length > 0) yield buckets.map(({ key }) => String(key['value']));
    const last = page?.after_key as Record<string, estypes.FieldValue> | undefined;
    after = isDeepStrictEqual(last, after) ? undefined : last;
  } while (after !== undefined);
}

/** Anonymous ids whose newest join, of the events that `counts` says yes to, is with the user. */
export async function heldBy(
  log: Source,
  userId: string,
  counts: (arrival: string) => boolean = () => true,
): Promise<readonly string[]> {
  const held: string[] = [];
  for await (const ids of valuesOf(log, 'anonymousId', { term: { userId } }))
    for (const [anonymousId, join] of await newestJoins(log, ids, ({ arrival }) => counts(arrival)))
      if (join.userId === userId) held.push(anonymousId);
  return held;
}

/** The users that anonymous ids were joined to, as of a time; of those that were. */
export async function ownersOf(
  log: Source,
  anonymousIds: readonly string[],
  at: number,
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  for (let start = 0; start < anonymousIds.length; start += IDS_AT_A_TIME) {
    const ids = anonymousIds.slice(start, start + IDS_AT_A_TIME);
    for (const [id, { userId }] of await newestJoins(log, ids, (join) => join.at <= at)) owners.set(id, userId);
  }
  return owners;
}

/** The user who touched an item last. */
export async function someUserOf({ connection, all }: Source): Promise<string | undefined> {
  const { hits } = await connection.search<JoinDocument>({
    index: all,
    size: 1,
    query: { bool: { filter: [{ exists: { field: 'userId' } }, { exists: { field: 'items' } }] } },
    sort: [{ at: 'desc' }, { arrival: 'desc' }],
    _source: ['userId'],
    track_total_hits: false,
  });
  return hits.hits[0]?._source?.userId;
}

async function newestJoins(
  { connection, all }: Source,
  anonymousIds: readonly string[],
  counts: (join: JoinMark) => boolean,
): Promise<ReadonlyMap<string, JoinMark>> {
  const newest = new Map<string, JoinMark>();
  const query: Query = {
    bool: { filter: [{ terms: { anonymousId: [...anonymousIds] } }, { exists: { field: 'userId' } }] },
  };
  const bring = { _source: ['anonymousId', 'userId', 'arrival', 'at'] };
  for await (const hits of pitScan<JoinDocument>(connection, { index: all, query, size: 5_000, bring })) {
    for (const { _source } of hits) {
      if (_source === undefined || !counts(_source)) continue;
      const { anonymousId } = _source;
      const other = newest.get(anonymousId);
      if (other === undefined || inTime(other, _source) < 0) newest.set(anonymousId, _source);
    }
  }
  return newest;
}
