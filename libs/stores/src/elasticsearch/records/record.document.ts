import type { estypes } from '@elastic/elasticsearch';
import type { UserRecord } from '@attune/sdk';
import { z } from 'zod';
import { keptRecord, type RecordText } from '../../records/checked-record.js';
import type { DocumentVersion } from '../bulk.js';
import type { IndexDefinition } from '../ensure-index.js';
import { EXPUNGED_WHOLLY } from '../expunger.js';
import { documentId } from '../index-names.js';
import { exactTerm } from './exact.term.js';

/** A record; ids are exact terms. */
export interface RecordDocument {
  readonly kind: string;
  readonly order: string;
  readonly state?: string;
  readonly user?: string;
  /** The whole record as text, its value too: neither is a field of the index. */
  readonly json: string;
}

/** What is read of a document. */
export const READ = ['kind', 'json'];

export const RECORDS: IndexDefinition = {
  version: 1,
  properties: {
    kind: { type: 'keyword' },
    order: { type: 'keyword' },
    state: { type: 'keyword' },
    user: { type: 'keyword' },
  },
  settings: EXPUNGED_WHOLLY,
};

const VERSION = /^(0|[1-9]\d{0,14})\.([1-9]\d{0,14})$/;
const textSchema = z.strictObject({
  id: z.string(),
  json: z.string(),
  state: z.string().optional(),
  userId: z.string().optional(),
});

/** No kind holds a slash. */
export const recordId = (kind: string, id: string): string => documentId(`${kind}/${id}`);

export function recordDocument(kind: string, record: RecordText): RecordDocument {
  const { id, state, userId } = record;
  return {
    kind,
    order: exactTerm(id),
    ...(state !== undefined && { state }),
    ...(userId !== undefined && { user: exactTerm(userId) }),
    json: JSON.stringify(record),
  };
}

/** The record of a document that was found; undefined where there was none. */
export function foundRecord(
  found: Pick<estypes.SearchHit<RecordDocument>, '_source' | '_seq_no' | '_primary_term'>,
): UserRecord | undefined {
  const { _source: document, _seq_no: seqNo, _primary_term: primaryTerm } = found;
  if (document === undefined) return undefined;
  const text = textSchema.parse(JSON.parse(document.json));
  return { kind: document.kind, ...keptRecord(text, `${seqNo}.${primaryTerm}`) };
}

/** Undefined for what is no version of a document. */
export function documentVersion(version: string): DocumentVersion | undefined {
  const [, seqNo, primaryTerm] = VERSION.exec(version) ?? [];
  return seqNo === undefined ? undefined : { seqNo: Number(seqNo), primaryTerm: Number(primaryTerm) };
}
