import { AttuneError, itemSchema, type Item } from '@attune/sdk';
import type { TenantPlatform } from '../../platform/tenant-platform.js';
import { itemBatch, type ItemsReceipt } from '../operations/items.operations.js';
import { InvalidRequest, parsed } from '../problems/invalid-request.js';
import { mergePatch } from './merge-patch.js';

/** Checks and stores the rows of a body, and has what was accepted embedded. */
export async function putAll(body: unknown, { stores, jobs }: TenantPlatform): Promise<ItemsReceipt> {
  const { good, rejected } = await itemBatch.check(body, () => undefined);
  const { applied } = good.length > 0 ? await stores.items.upsert(good) : { applied: [] };
  const accepted = applied.reduce((sum, one) => sum + (one ? 1 : 0), 0);
  const job = accepted > 0 ? { jobId: jobs.enqueue({ type: 'embed' }) } : {};
  return { accepted, stale: applied.length - accepted, rejected: [...rejected], ...job };
}

/** The items there are, in the order asked for. */
export async function getAll(
  ids: readonly string[],
  { stores }: TenantPlatform,
): Promise<{ readonly items: readonly Item[]; readonly missing: readonly string[] }> {
  const found = await stores.items.get(ids);
  return { items: found.filter((item) => item !== undefined), missing: ids.filter((_, i) => found[i] === undefined) };
}

/** Throws ITEM_NOT_FOUND. */
export async function getOne(id: string, { stores }: TenantPlatform): Promise<Item> {
  const [item] = await stores.items.get([id]);
  if (item === undefined) throw notFound(id);
  return item;
}

/** Throws ITEM_NOT_FOUND. */
export async function deleteOne(id: string, { stores }: TenantPlatform): Promise<void> {
  if ((await stores.items.delete([id])) === 0) throw notFound(id);
}

/** Changes one item. Throws ITEM_NOT_FOUND, InvalidRequest where the result is no item any more. */
export async function patchOne(
  id: string,
  patch: Readonly<Record<string, unknown>>,
  tenant: TenantPlatform,
): Promise<Item> {
  const turn = (turns.get(tenant) ?? Promise.resolve()).then(() => patchNow(id, patch, tenant));
  turns.set(
    tenant,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Patches of a tenant take turns, so that none writes over what another has just read. */
const turns = new WeakMap<TenantPlatform, Promise<unknown>>();

async function patchNow(id: string, patch: Readonly<Record<string, unknown>>, tenant: TenantPlatform): Promise<Item> {
  // Without its time: the change is as new as its receipt, unless the patch says otherwise.
  const { updatedAt: _before, ...item } = await getOne(id, tenant);
  const changed = parsed(itemSchema, mergePatch(item, patch));
  if (changed.id !== id) {
    throw new InvalidRequest([{ code: 'custom', path: ['id'], message: 'an id cannot change', input: changed.id }]);
  }
  await tenant.stores.items.upsert([changed]);
  tenant.jobs.enqueue({ type: 'embed' });
  return getOne(id, tenant);
}

const notFound = (id: string): AttuneError => new AttuneError('ITEM_NOT_FOUND', `no item '${id}'`);
