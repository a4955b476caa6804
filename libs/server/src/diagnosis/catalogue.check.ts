import type { TenantPlatform } from '../platform/tenant-platform.js';
import { ok, problem, share, warning, type Check } from './check.js';

type Looked = Pick<TenantPlatform, 'stores' | 'jobs' | 'spaces'>;

/** Whether there are items that may be shown. */
export async function checkItems({ stores: { items } }: Looked): Promise<Check> {
  const all = await items.size();
  if (all === 0) return problem('items', 'the catalogue is empty', 'attune import items <file>');
  let available = 0;
  for await (const page of items.scan()) available += page.filter((item) => item.available !== false).length;
  const fix = 'send them again with "available": true: attune import items <file>';
  if (available === 0) return problem('items', `none of ${all} items is available: every slate is empty`, fix);
  if (available < all / 2) return warning('items', `${share(available, all)} items are available`, fix);
  return ok('items', `${all} items, ${available} available`);
}

/** Whether items have vectors of the models that are configured now: of those in use, and of the others. */
export async function checkVectors({ stores: { items }, jobs, spaces }: Looked): Promise<readonly Check[]> {
  const unended = (await jobs.list()).filter(({ state }) => state === 'active' || state === 'waiting');
  const all = await items.size();
  const [served, others] = await Promise.all([spaces.served(), spaces.others()]);
  const ofServed = served.map(async ({ id, name: space, digest, dims }): Promise<Check> => {
    const name = `vectors:${space}`;
    const missing = await items.countWithoutVector(id);
    if (missing === 0) return ok(name, `every item has its vector of ${dims} numbers`);
    const known = new Set([digest, ...spaces.of(space).map((version) => version.digest)]);
    const strange = (await items.vectorModels(id)).filter((model) => !known.has(model));
    const why =
      strange.length === 0
        ? `in space '${space}'`
        : `of the model of space '${space}': there are vectors of ${strange.length === 1 ? 'another model' : `${strange.length} other models`}, which cannot be compared with it`;
    const what = `${share(missing, all)} items have no vector ${why}`;
    return unended.some(({ type }) => type === 'embed')
      ? warning(name, `${what}; a job is at work on it`, 'attune jobs list')
      : problem(name, what, 'attune embed');
  });
  const ofOthers = others.map(async ({ id }): Promise<Check> => {
    const missing = await items.countWithoutVector(id);
    if (missing === 0) return ok(`vectors:${id}`, 'every item has its vector: it can be put into use');
    const fix = unended.some(({ type }) => type === 'backfill') ? 'attune jobs list' : 'attune embed --backfill';
    return warning(`vectors:${id}`, `${share(missing, all)} items have no vector in this version yet`, fix);
  });
  return await Promise.all([...ofServed, ...ofOthers]);
}
