import type { TenantPlatform } from '../platform/tenant-platform.js';
import { ok, problem, share, warning, type Check } from './check.js';

type Looked = Pick<TenantPlatform, 'stores' | 'jobs' | 'vectorSpaces'>;

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

/** Whether items have vectors of the models that are configured now. */
export async function checkVectors({ stores: { items }, jobs, vectorSpaces = [] }: Looked): Promise<readonly Check[]> {
  const embedding = (await jobs.list()).some(
    ({ type, state }) => type === 'embed' && (state === 'active' || state === 'waiting'),
  );
  return await Promise.all(
    vectorSpaces.map(async ({ id, digest, dims }): Promise<Check> => {
      const name = `vectors:${id}`;
      const missing = await items.countWithoutVector(id);
      if (missing === 0) return ok(name, `every item has its vector of ${dims} numbers`);
      const others = (await items.vectorModels(id)).filter((model) => model !== digest);
      const why =
        others.length === 0
          ? `in space '${id}'`
          : `of the model of space '${id}': there are vectors of ${others.length === 1 ? 'another model' : `${others.length} other models`}, which cannot be compared with it`;
      const what = `${share(missing, await items.size())} items have no vector ${why}`;
      return embedding
        ? warning(name, `${what}; a job is at work on it`, 'attune jobs list')
        : problem(name, what, 'attune embed');
    }),
  );
}
