import type { Item, TenantStores } from '@attune/sdk';
import { followChange } from '../follow-change.js';
import { writeVersions } from '../kept-enrichments.js';

/**
 * Gives an item another description, undefined: none, in the version that was read; whether it was written. What else was
 * written here into the item stays ours. @throws AttuneError NOT_DURABLE
 */
export async function putDescription(
  before: Item,
  text: string | undefined,
  { items, records }: Pick<TenantStores, 'items' | 'records'>,
): Promise<boolean> {
  const { description: _before, ...others } = before;
  const after: Item = { ...others, ...(text !== undefined && { description: text }) };
  const [isWritten = false] = await writeVersions([{ before, after }], items);
  if (isWritten) await followChange({ before, sent: after, after, names: (path) => path === 'description' }, records);
  return isWritten;
}
