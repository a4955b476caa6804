import { AttuneError, itemSchema, type Item } from '@attune/sdk';
import { followChange, namedBy } from '../../enrichment/follow-change.js';
import type { TenantPlatform } from '../../platform/tenant-platform.js';
import { itemBatch, type ItemsReceipt } from '../operations/items.operations.js';
import { InvalidRequest, parsed } from '../problems/invalid-request.js';
import { rowsIn } from '../rows/sent-rows.js';
import { takeRows } from '../rows/take-rows.js';
import { mergePatch } from './merge-patch.js';

/** Checks and stores the rows of a body, and has what was accepted embedded. */
export async function putAll(body: unknown, tenant: TenantPlatform): Promise<ItemsReceipt> {
  const stored = new StoredItems(tenant);
  try {
    const refused = await takeRows(rowsIn(body, itemBatch), {
      row: itemBatch.row,
      store: (items) => stored.put(items),
    });
    return { ...stored.counts(), ...refused, ...(await stored.embed()) };
  } finally {
    await stored.embed();
  }
}

/** What a request has stored so far. */
export class StoredItems {
  #accepted = 0;
  #stale = 0;
  #job: Promise<{ readonly jobId?: string }> | undefined;

  constructor(private readonly tenant: TenantPlatform) {}

  async put(items: readonly Item[]): Promise<void> {
    const { applied } = await this.tenant.stores.items.upsert(items);
    const accepted = applied.reduce((sum, one) => sum + (one ? 1 : 0), 0);
    this.#accepted += accepted;
    this.#stale += applied.length - accepted;
  }

  counts(): { readonly accepted: number; readonly stale: number } {
    return { accepted: this.#accepted, stale: this.#stale };
  }

  /** Has what was accepted embedded, once: also of a feed that broke off. */
  embed(): Promise<{ readonly jobId?: string }> {
    return (this.#job ??= this.#accepted > 0 ? embed(this.tenant) : Promise.resolve({}));
  }
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
  const found = await getOne(id, tenant);
  const { updatedAt: before, ...item } = found;
  const { known, others } = byName(item);
  const checked = parsed(itemSchema, mergePatch(known, patch));
  if (checked.id !== id) {
    throw new InvalidRequest([{ code: 'custom', path: ['id'], message: 'an id cannot change', input: checked.id }]);
  }
  const changed: Item = { ...others, ...checked };
  const {
    applied: [applied],
  } = await tenant.stores.items.upsert([changed]);
  // Its version lies ahead of our clock, and the patch names none: the same version, changed.
  if (applied === false && changed.updatedAt === undefined && before !== undefined)
    await tenant.stores.items.upsert([{ ...changed, updatedAt: before }]);
  const after = await getOne(id, tenant);
  await followChange({ before: found, sent: changed, after, names: namedBy(patch) }, tenant.stores.records);
  await embed(tenant);
  return after;
}

/** Members that this version knows, and those that a newer one on the same stores wrote: they stay as they are. */
function byName(item: object): { readonly known: object; readonly others: object } {
  const isKnown = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(itemSchema.shape, name);
  const members = Object.entries(item);
  return {
    known: Object.fromEntries(members.filter(isKnown)),
    others: Object.fromEntries(members.filter((member) => !isKnown(member))),
  };
}

/** Has items embedded; where the queue cannot be reached they are stored all the same, and found without a vector later. */
export async function embed({ jobs, spaces }: TenantPlatform): Promise<{ readonly jobId?: string }> {
  try {
    const jobId = await jobs.enqueue({ type: 'embed' });
    if (spaces.hasSeveral) await jobs.enqueue({ type: 'backfill' });
    return { jobId };
  } catch (error) {
    if (error instanceof AttuneError && error.retryable) return {};
    throw error;
  }
}

const notFound = (id: string): AttuneError => new AttuneError('ITEM_NOT_FOUND', `no item '${id}'`);
