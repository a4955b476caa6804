import { isDeepStrictEqual } from 'node:util';
import type { Item, KeptRecord, RecordDraft, TenantStores } from '@attune/sdk';
import { plainJson } from '../plain-json.js';
import { draftSchema, DESCRIPTION } from './drafts/draft.record.js';
import { ENRICHMENT, enrichmentSchema, stateOf, type Enrichment } from './enrichment.record.js';

/** What is known of an item, and which version of it that is; `version` is undefined where nothing was known before. */
export interface KnownEnrichment {
  readonly enrichment: Enrichment | undefined;
  readonly version: string | undefined;
}

/** An item, what is known of it, and what its texts say. */
export interface KnownItem extends KnownEnrichment {
  readonly item: Item;
  /** The item without a description that was written here: what we say of it is no evidence. */
  readonly read: Item;
}

/** What is kept of an item. A record of another shape counts as none, and is replaced. */
export function knownIn(record: KeptRecord | undefined): KnownEnrichment {
  const parsed = enrichmentSchema.safeParse(record?.value);
  return { enrichment: parsed.success ? parsed.data : undefined, version: record?.version };
}

/** Items that are there, with what is known of them. */
export async function knownItems(
  ids: readonly string[],
  { items, records }: Pick<TenantStores, 'items' | 'records'>,
): Promise<readonly KnownItem[]> {
  const [found, kept, drafts] = await Promise.all([
    items.get(ids),
    records.get(ENRICHMENT, ids),
    records.get(DESCRIPTION, ids),
  ]);
  return found.flatMap((item, i) =>
    item === undefined ? [] : [{ item, read: withoutOwnText(item, drafts[i]), ...knownIn(kept[i]) }],
  );
}

/** An item without its description where that was written here and approved. */
export function withoutOwnText(item: Item, draft: KeptRecord | undefined): Item {
  if (item.description === undefined || draft === undefined) return item;
  const parsed = draftSchema.safeParse(draft.value);
  if (!parsed.success || !parsed.data.ours.includes(item.description)) return item;
  const { description: _own, ...others } = item;
  return others;
}

/** The record of an item. */
export const recordOf = (id: string, enrichment: Enrichment): RecordDraft => ({
  id,
  value: plainJson(enrichment),
  state: stateOf(enrichment),
});

/** Whether two readings say the same. */
export const isSameEnrichment = (one: Enrichment, other: Enrichment | undefined): boolean =>
  other !== undefined && isDeepStrictEqual(plainJson(one), plainJson(other));

/**
 * Writes an item in the version that was read: whatever was sent meanwhile is newer, and wins; whether it was written.
 * @throws AttuneError NOT_DURABLE
 */
export async function writeVersions(
  changed: readonly { readonly before: Item; readonly after: Item }[],
  items: Pick<TenantStores['items'], 'get' | 'upsert'>,
): Promise<readonly boolean[]> {
  // Rows may be sent again in the same version: the look before keeps the time in which that goes unseen short.
  const now = await items.get(changed.map(({ before }) => before.id));
  const isAsRead = changed.map(({ before }, i) => isDeepStrictEqual(now[i], before));
  const rows = changed.filter((_, i) => isAsRead[i]).map(({ after }) => after);
  const { applied } = rows.length === 0 ? { applied: [] } : await items.upsert(rows);
  let row = 0;
  return isAsRead.map((one) => one && applied[row++]!);
}
