import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedSlate } from '@attune/sdk';
import type { estypes } from '@elastic/elasticsearch';
import type { Arrived } from '../../distributed/followed.js';
import { unavailable, type ElasticsearchConnection } from '../client.js';
import type { LogIndices } from '../day-log/log.indices.js';
import type { RecordDocument } from '../day-log/record.document.js';
import { documentId } from '../index-names.js';
import { pitScan } from '../pit-scan.js';

const DAY_MS = 86_400_000;
/** Days that one call looks at. */
const DAYS_AT_ONCE = 64;
/** Slates that one call reads. */
const READ_AT_A_TIME = 500;
const NO_INDEX = 'index_not_found_exception';
/** Pauses for an index that another process is making, milliseconds. */
const STARTING_MS = [100, 400, 1_600];

/** Where a written slate is, and when it was recorded. */
export interface WrittenPlace extends Arrived {
  readonly index: string;
}

type Place = Pick<estypes.MgetOperation, '_index' | '_id'>;

/** Readings of single written slates. */
export class SlateReads {
  constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly indices: LogIndices<LoggedSlate>,
  ) {}

  /** A slate of these last days, as soon as it is written. */
  async find(slateId: string, now: number, days: number): Promise<LoggedSlate | undefined> {
    if (slateId === '') return undefined;
    // From tomorrow to a day before: clocks differ. The newest first, as slates are asked for soon.
    for (let age = -1; age <= days; age += DAYS_AT_ONCE) {
      const ages = Array.from({ length: Math.min(DAYS_AT_ONCE, days + 1 - age) }, (_, i) => age + i);
      const _id = documentId(slateId);
      const found = await this.firstOf(
        ages.map((each) => ({ _index: this.indices.indexAt(now - each * DAY_MS), _id })),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What searches find of the slates recorded from then on, a stamp as of `ArrivalStamps`; in pages, in that order. */
  async *placesFrom(recorded: string): AsyncGenerator<readonly WrittenPlace[]> {
    const scan = {
      index: this.indices.pattern,
      query: { range: { recorded: { gte: recorded } } },
      sort: [{ recorded: 'asc' as const }],
      bring: { _source: false, docvalue_fields: ['id', 'recorded'] },
    };
    for await (const hits of pitScan(this.connection, scan)) yield hits.map(placeOf);
  }

  /** The slates at these places; without those that are gone. */
  async at(places: readonly WrittenPlace[]): Promise<readonly LoggedSlate[]> {
    const slates: LoggedSlate[] = [];
    for (let from = 0; from < places.length; from += READ_AT_A_TIME) {
      const some = places.slice(from, from + READ_AT_A_TIME);
      const { found, failure } = await this.read(some.map(({ index, id }) => ({ _index: index, _id: documentId(id) })));
      if (failure !== undefined) throw unavailable(new Error(failure));
      slates.push(...found);
    }
    return slates;
  }

  /** The first of these documents that is there; waits a little for an index that is only being made. */
  private async firstOf(places: readonly Place[]): Promise<LoggedSlate | undefined> {
    for (let attempt = 0; ; attempt++) {
      const { found, failure } = await this.read(places);
      if (found.length > 0 || failure === undefined) return found[0];
      const ms = STARTING_MS[attempt];
      if (ms === undefined) throw unavailable(new Error(failure));
      await pause(ms);
    }
  }

  /** Those of the documents that are there, as of this very moment, and why some could not be read. */
  private async read(
    places: readonly Place[],
  ): Promise<{ readonly found: readonly LoggedSlate[]; readonly failure: string | undefined }> {
    const docs = places.map((place) => ({ ...place, _source: ['json'] }));
    const answers = (await this.connection.read((client) => client.mget<RecordDocument>({ docs }))).docs;
    const found: LoggedSlate[] = [];
    let failure: string | undefined;
    for (const answer of answers) {
      if ('error' in answer) failure = answer.error.type === NO_INDEX ? failure : (answer.error.reason ?? '');
      else if (answer._source !== undefined) found.push(this.indices.codec.decode(answer._source.json));
    }
    return { found, failure };
  }
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
