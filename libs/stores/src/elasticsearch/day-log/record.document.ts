import type { RecordKind } from '../../day-log/record-kind.js';
import type { RecordCodec } from '../../day-log/record.codec.js';
import type { WaitingRecord } from '../../day-log/waiting-records.js';
import type { IndexDefinition } from '../ensure-index.js';
import { EXPUNGED_WHOLLY } from '../expunger.js';

const KEYWORD = { type: 'keyword' } as const;

/** What the indices of a kind of records hold; what they are asked by has the name it has in the record. */
export const definitionOf = <T extends object>({ names }: RecordKind<T>): IndexDefinition => ({
  version: 1,
  properties: {
    id: KEYWORD,
    [names.group]: KEYWORD,
    userIds: KEYWORD,
    anonymousIds: KEYWORD,
    recorded: KEYWORD,
  },
  settings: EXPUNGED_WHOLLY,
});

/** A record and its place in the order of recording. */
export interface StampedRecord<T> extends WaitingRecord<T> {
  /** Sorts in the order of recording; see `ArrivalStamps`. */
  readonly recorded: string;
}

/** What is read of a document. */
export interface RecordDocument {
  /** The record as text: what it holds is no field of the index. */
  readonly json: string;
}

export function documentOf<T extends object>(
  codec: RecordCodec<T>,
  { record, recorded }: StampedRecord<T>,
): RecordDocument {
  const { names, headerOf, peopleOf } = codec.kind;
  const { id, group } = headerOf(record);
  const fields = { id, [names.group]: group, ...peopleOf(record), recorded };
  return { ...fields, json: codec.encode(record) };
}
