import { interestEditsSchema, interestsSchema, type InterestEdits } from '@attune/language/understanding';
import type { KeptRecord, RecordStore } from '@attune/sdk';
import { z } from 'zod';
import { plainJson } from '../plain-json.js';

export const KIND = 'interests';

/** What is kept of a user's interests. */
const recordSchema = z.strictObject({
  /** Undefined where the user had them deleted: they are not made again unless asked for. */
  interests: interestsSchema.exactOptional(),
  edits: interestEditsSchema,
  /** How many events they were made of, and the id of the last: what comes after it in the log is new. */
  taken: z.int().min(0),
  last: z.string().exactOptional(),
});
export type InterestsRecord = z.output<typeof recordSchema>;

export const NO_EDITS: InterestEdits = interestEditsSchema.parse({});

export interface KeptInterests {
  readonly record: InterestsRecord;
  readonly version: string;
}

/** Undefined where there is none; one that another version wrote counts as none, and is made anew. */
export async function keptInterests(records: RecordStore, userId: string): Promise<Partial<KeptInterests>> {
  const [kept] = await records.get(KIND, [userId]);
  if (kept === undefined) return {};
  return { version: kept.version, ...recordOf(kept) };
}

function recordOf({ value }: KeptRecord): { readonly record?: InterestsRecord } {
  const { data } = recordSchema.safeParse(value);
  return data === undefined ? {} : { record: data };
}

/** Whether it was kept; it is not where another process did so meanwhile. */
export const keep = (
  records: RecordStore,
  userId: string,
  { record, version }: { readonly record: InterestsRecord; readonly version: string | undefined },
): Promise<boolean> => records.replace(KIND, { id: userId, userId, value: plainJson(record) }, version);
