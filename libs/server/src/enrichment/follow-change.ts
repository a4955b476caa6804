import type { Item, TenantStores } from '@attune/sdk';
import { ENRICHMENT, hashOf, itemHash } from './enrichment.record.js';
import { knownIn, recordOf } from './kept-enrichments.js';
import { withVersion } from './settle.js';

const TRIES = 8;

/** A change of some members of an item, the others left as they were. */
export interface MemberChange {
  readonly before: Item;
  /** As it was sent to the store, and as it is there now. */
  readonly sent: Item;
  readonly after: Item;
  /** Whether the change names a member: `language`, `attributes.color`. */
  readonly names: (path: string) => boolean;
}

/** What a merge patch names: a member, all members of an object that it replaces or removes, or one of them. */
export function namedBy(patch: Readonly<Record<string, unknown>>): (path: string) => boolean {
  return (path) => {
    const [member = '', ...rest] = path.split('.');
    if (!Object.hasOwn(patch, member)) return false;
    const value = patch[member];
    const isWhole = rest.length === 0 || typeof value !== 'object' || value === null || Array.isArray(value);
    return isWhole || Object.hasOwn(value, rest.join('.'));
  };
}

/**
 * Tells the enrichment of an item of a change that leaves what it does not name as it was: what was written here and is not
 * named stays ours. Where that cannot be written down it counts as the catalogue's own from then on.
 */
export async function followChange(
  { before, sent, after, names }: MemberChange,
  records: TenantStores['records'],
): Promise<void> {
  const undated = (item: Item): string => hashOf({ ...item, updatedAt: undefined });
  // Somebody else has written it since.
  if (undated(after) !== undated(sent)) return;
  const hash = itemHash(before);
  for (let i = 0; i < TRIES; i++) {
    const [record] = await records.get(ENRICHMENT, [before.id]);
    const { enrichment, version } = knownIn(record);
    const owns = enrichment?.written.find(({ item }) => item === hash)?.owns.filter((path) => !names(path)) ?? [];
    if (enrichment === undefined || owns.length === 0) return;
    const written = withVersion(enrichment.written, { item: itemHash(after), owns });
    if (await records.replace(ENRICHMENT, recordOf(before.id, { ...enrichment, written }), version)) return;
  }
}
