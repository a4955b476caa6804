import { compilePredicate, fieldsOf, type Predicate } from '@attune/sdk';
import type { Config } from '../../config/config.schema.js';
import type { TenantPlatform } from '../../platform/tenant-platform.js';
import type { ItemChoice } from '../operations/items.operations.js';
import { InvalidRequest } from '../problems/invalid-request.js';
import { checkFilterable } from './filterable.js';

/**
 * Deletes items by id, or those that match a filter; how many there were.
 *
 * @throws InvalidRequest where a filter that names no field, and so matches everything, is not confirmed; AttuneError
 *   FIELD_NOT_FILTERABLE.
 */
export async function deleteMany(
  { ids, filter, confirm }: ItemChoice,
  attributes: Config['attributes'],
  { stores }: TenantPlatform,
): Promise<{ readonly deleted: number }> {
  if (filter === undefined) return { deleted: await stores.items.delete(ids ?? []) };
  checkFilterable(filter, attributes);
  if (confirm === undefined && [...fieldsOf(filter)].length === 0) throw unconfirmed();
  return { deleted: await stores.items.delete(await matching(filter, stores)) };
}

async function matching(filter: Predicate, { items }: TenantPlatform['stores']): Promise<readonly string[]> {
  const matches = compilePredicate(filter);
  const ids: string[] = [];
  for await (const page of items.scan()) {
    for (const item of page) if (matches(item)) ids.push(item.id);
  }
  return ids;
}

function unconfirmed(): InvalidRequest {
  const message = 'the filter names no field and would delete the whole catalogue: send "confirm": "all" to do so';
  return new InvalidRequest([{ code: 'custom', path: ['confirm'], message, input: undefined }]);
}
