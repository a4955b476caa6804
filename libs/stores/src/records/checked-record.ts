import { idSchema, type KeptRecord, type RecordDraft, type RecordStore } from '@attune/sdk';

/** Characters of a value as JSON. */
export const LONGEST_VALUE = 262_144;
export const MOST_LISTED = 1_000;
const NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** A record whose value is JSON text. */
export interface RecordText extends Omit<RecordDraft, 'value'> {
  readonly json: string;
}

/** Records as they are stored, each id once. @throws RangeError where a kind or a part of a record is none. */
export function checkedRecords(kind: string, records: readonly RecordDraft[]): readonly RecordText[] {
  checkKind(kind);
  return [...new Map(records.map((record) => [record.id, checkedRecord(record)])).values()];
}

function checkedRecord({ id, value, state, userId }: RecordDraft): RecordText {
  checkId(id);
  checkState(state);
  if (userId !== undefined) checkId(userId);
  // Undefined is what it makes of a function, whatever the types say.
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined || json.length > LONGEST_VALUE)
    throw new RangeError(`a record's value is JSON of at most ${LONGEST_VALUE} characters`);
  return { id, json, ...(state !== undefined && { state }), ...(userId !== undefined && { userId }) };
}

/** @throws RangeError */
export function checkKind(kind: string): void {
  if (!NAME.test(kind)) throw new RangeError(`a kind of records is ${NAME.source}`);
}

/** @throws RangeError */
export function checkIds(kind: string, ids: readonly string[]): void {
  checkKind(kind);
  ids.forEach(checkId);
}

/** @throws RangeError */
export function checkState(state: string | undefined): void {
  if (state !== undefined && !NAME.test(state)) throw new RangeError(`a state of records is ${NAME.source}`);
}

/** @throws RangeError */
export function checkListing(kind: string, { state, limit, after }: Parameters<RecordStore['list']>[1]): void {
  checkKind(kind);
  checkState(state);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED)
    throw new RangeError(`from 1 to ${MOST_LISTED} records are listed at once`);
  if (after !== undefined) checkId(after);
}

/** A record as it is handed out. */
export function keptRecord({ id, json, state, userId }: RecordText, version: string): KeptRecord {
  return {
    id,
    // It was made of a JsonValue.
    value: JSON.parse(json) as KeptRecord['value'],
    ...(state !== undefined && { state }),
    ...(userId !== undefined && { userId }),
    version,
  };
}

function checkId(id: string): void {
  if (!idSchema.safeParse(id).success) throw new RangeError('a record’s id is 1–256 characters without control ones');
}
