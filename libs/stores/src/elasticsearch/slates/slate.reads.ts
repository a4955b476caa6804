import type { LoggedSlate } from '@attune/sdk';
import type { estypes } from '@elastic/elasticsearch';
import type { Arrived } from '../../distributed/followed.js';
import { unavailable, type ElasticsearchConnection } from '../client.js';
import { documentId } from '../index-names.js';
import { pitScan } from '../pit-scan.js';
import { slateIn, type SlateDocument } from './slate.document.js';

/** Slates that one call reads. */
const READ_AT_A_TIME = 500;
const NO_INDEX = 'index_not_found_exception';

/** Where a written slate is, and when it was recorded. */
export interface WrittenPlace extends Arrived {
  readonly index: string;
}

/** What searches find of the slates recorded from then on, a stamp as of `ArrivalStamps`; in pages, in that order. */
export async function* placesFrom(
  connection: ElasticsearchConnection,
  index: string,
  recorded: string,
): AsyncGenerator<readonly WrittenPlace[]> {
  const scan = {
    index,
    query: { range: { recorded: { gte: recorded } } },
    sort: [{ recorded: 'asc' as const }],
    bring: { _source: false, docvalue_fields: ['id', 'recorded'] },
  };
  for await (const hits of pitScan(connection, scan)) yield hits.map(placeOf);
}

/** The slates at these places; without those that are gone. */
export async function slatesAt(
  connection: ElasticsearchConnection,
  places: readonly WrittenPlace[],
): Promise<readonly LoggedSlate[]> {
  const slates: LoggedSlate[] = [];
  for (let from = 0; from < places.length; from += READ_AT_A_TIME) {
    const some = places.slice(from, from + READ_AT_A_TIME);
    const docs = some.map(({ index, id }) => ({ _index: index, _id: documentId(id) }));
    const { found, failure } = await readSlates(connection, docs);
    if (failure !== undefined) throw unavailable(new Error(failure));
    slates.push(...found);
  }
  return slates;
}

/** Those of the documents that are there, as of this very moment, and why some could not be read. */
export async function readSlates(
  connection: ElasticsearchConnection,
  places: readonly Pick<estypes.MgetOperation, '_index' | '_id'>[],
): Promise<{ readonly found: readonly LoggedSlate[]; readonly failure: string | undefined }> {
  const docs = places.map((place) => ({ ...place, _source: ['json'] }));
  const answers = (await connection.read((client) => client.mget<SlateDocument>({ docs }))).docs;
  const found: LoggedSlate[] = [];
  let failure: string | undefined;
  for (const answer of answers) {
    if ('error' in answer) failure = answer.error.type === NO_INDEX ? failure : (answer.error.reason ?? '');
    else if (answer._source !== undefined) found.push(slateIn(answer._source));
  }
  return { found, failure };
}

function placeOf({ _index: index, fields = {} }: estypes.SearchHit): WrittenPlace {
  return { index, id: textOf(fields['id']), arrival: textOf(fields['recorded']) };
}

/** The one value of a field. */
function textOf(values: unknown): string {
  const value: unknown = Array.isArray(values) ? values[0] : undefined;
  if (typeof value !== 'string') throw new TypeError('a slate without its id and stamp');
  return value;
}
