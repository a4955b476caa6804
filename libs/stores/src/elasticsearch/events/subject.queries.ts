import { setTimeout as pause } from 'node:timers/promises';
import type { estypes } from '@elastic/elasticsearch';
import {
  byArrival,
  entryOf,
  idOf,
  inTime,
  isUser,
  type HistoryLimits,
  type JoinMark,
  type SubjectName,
  type SubjectRecord,
} from '../../distributed/events/subject.js';
import { unavailable, type ElasticsearchConnection } from '../client.js';
import { LOGGED_FIELDS, loggedOf, type EventDocument } from './event.document.js';

type Query = NonNullable<estypes.QueryDslQueryContainer>;

interface JoinDocument {
  readonly arrival: string;
  readonly at: number;
  readonly userId: string;
}

type Found = EventDocument & JoinDocument;
type Answer = estypes.SearchResponseBody<Found>;

const SUBJECTS_AT_A_TIME = 50;
/** Status of a search in an index whose shards are not there yet. */
const NOT_STARTED = 503;
/** After its shards are there, until the server that was asked knows of it, milliseconds. */
const PAUSES_MS = [10, 100, 500];
const NEWEST_FIRST: estypes.SortCombinations[] = [{ at: 'desc' }, { arrival: 'desc' }];

/** What searches find of subjects, up to a time: the newest events and joins of each. */
export async function readSubjects(
  { connection, all }: { readonly connection: ElasticsearchConnection; readonly all: string },
  names: readonly SubjectName[],
  { until, limits }: { readonly until: number; readonly limits: HistoryLimits },
): Promise<Map<SubjectName, SubjectRecord>> {
  const records = new Map<SubjectName, SubjectRecord>();
  for (let start = 0; start < names.length; start += SUBJECTS_AT_A_TIME) {
    const some = names.slice(start, start + SUBJECTS_AT_A_TIME);
    const searches = some.flatMap((name) => searchesOf(name, until, limits)).flatMap((body) => [{ index: all }, body]);
    const whole = await searchAll(connection, all, searches);
    for (const [i, name] of some.entries()) {
      const [events, links] = [whole[2 * i], whole[2 * i + 1]];
      if (events === undefined || links === undefined) throw unavailable(new Error('an answer is missing'));
      records.set(name, recordOf(name, { events, links, limits }));
    }
  }
  return records;
}

/** Answers of all searches; waits for a month that is being made just now. */
async function searchAll(
  connection: ElasticsearchConnection,
  index: string,
  searches: estypes.MsearchRequestItem[],
): Promise<readonly Answer[]> {
  const ask = (): Promise<estypes.MsearchResponse<Found>> =>
    connection.read((client) => client.msearch<Found>({ searches }));
  let { responses } = await ask();
  for (const ms of PAUSES_MS) {
    if (!responses.some((response) => 'error' in response && response.status === NOT_STARTED)) break;
    const waited = { wait_for_no_initializing_shards: true, timeout: '5s' } as const;
    await connection.read((client) => client.cluster.health({ index, ...waited }));
    await pause(ms);
    responses = (await ask()).responses;
  }
  return responses.map((response) => {
    if ('error' in response) throw unavailable(new Error(response.error.reason ?? response.error.type));
    if (response.timed_out || response._shards.failed > 0) throw unavailable(new Error('some shards did not answer'));
    return response;
  });
}

/** Two for each subject: what was done, and with whom it was joined. */
function searchesOf(
  name: SubjectName,
  until: number,
  limits: HistoryLimits,
): readonly estypes.SearchSearchRequestBody[] {
  const before: Query[] = Number.isFinite(until) ? [{ range: { at: { lte: Math.floor(until) } } }] : [];
  const known: Query = { exists: { field: 'userId' } };
  const own = { sort: NEWEST_FIRST, size: limits.events, _source: LOGGED_FIELDS };
  if (isUser(name)) {
    const query: Query = { bool: { filter: [{ term: { userId: idOf(name) } }, ...before] } };
    const newest = { newest: { max: { field: 'at' } } };
    const links = {
      terms: { field: 'anonymousId', size: limits.links, order: { newest: 'desc' as const } },
      aggs: newest,
    };
    return [
      { query, ...own },
      { query, size: 0, aggs: { links } },
    ];
  }
  const filter: Query[] = [{ term: { anonymousId: idOf(name) } }, ...before];
  return [
    { query: { bool: { filter, must_not: [known] } }, ...own },
    {
      query: { bool: { filter: [...filter, known] } },
      sort: NEWEST_FIRST,
      size: limits.links,
      _source: ['arrival', 'at', 'userId'],
    },
  ];
}

interface Answers {
  readonly events: Answer;
  readonly links: Answer;
  readonly limits: HistoryLimits;
}

function recordOf(name: SubjectName, { events, links, limits }: Answers): SubjectRecord {
  const entries = events.hits.hits.map((hit) => entryOf(loggedOf(hit._source)));
  const joins = links.hits.hits.map((hit) => joinOf(hit._source)).sort(inTime);
  const fromEvents = entries.length < limits.events ? -Infinity : (entries.at(-1)?.at ?? -Infinity);
  const fromJoins = joins.length < limits.links ? -Infinity : (joins[0]?.at ?? -Infinity);
  return {
    entries: entries.sort(byArrival),
    joins,
    links: isUser(name) ? bucketKeys(links.aggregations?.['links']) : [],
    from: Math.max(fromEvents, fromJoins),
  };
}

function joinOf(source: Partial<JoinDocument> | undefined): JoinMark {
  const { arrival, at, userId } = source ?? {};
  if (typeof arrival !== 'string' || typeof at !== 'number' || typeof userId !== 'string')
    throw new TypeError('the log holds what is no event');
  return { arrival, at, userId };
}

/** Keys of a terms aggregation; none where no index has the field yet. */
export function bucketKeys(aggregate: unknown): readonly string[] {
  const { buckets = [] } = (aggregate ?? {}) as Partial<estypes.AggregationsStringTermsAggregate>;
  return Array.isArray(buckets) ? buckets.map(({ key }: estypes.AggregationsStringTermsBucket) => String(key)) : [];
}

/** A user's own events, and those that name no user but one of these anonymous ids. */
export function ownedBy(userId: string, anonymousIds: readonly string[]): Query {
  const named = { terms: { anonymousId: [...anonymousIds] } };
  const strays = { bool: { filter: [named], must_not: [{ exists: { field: 'userId' } }] } };
  return { bool: { should: [{ term: { userId } }, strays] } };
}

/** A user's own events, and all that name one of these anonymous ids. */
export function touching(userId: string, anonymousIds: readonly string[]): Query {
  return { bool: { should: [{ term: { userId } }, { terms: { anonymousId: [...anonymousIds] } }] } };
}
