import { AttuneError } from '@attune/sdk';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import { swapIn } from '../training/swap-in.js';

/** Share of the catalogue that may lack a vector: items that no model can embed must not hold a switch up. */
const MOST_MISSING = 0.01;

/**
 * Puts a version of a space into use, in every process, while slates are served; the one before stays filled.
 *
 * @throws AttuneError `SPACE_NOT_FOUND`; `SPACE_NOT_FILLED` where more than 1 % of the items lack their vector in it
 */
export async function useVersion(
  { space, version: id }: { readonly space: string; readonly version: string },
  { spaces, stores, engine }: Pick<TenantPlatform, 'spaces' | 'stores' | 'engine'>,
): Promise<void> {
  const version = spaces.version(space, id);
  if ((await spaces.inUse()).get(space)!.version === version) return;
  const [missing, all] = await Promise.all([stores.items.countWithoutVector(id), stores.items.size()]);
  if (missing > MOST_MISSING * all) {
    const detail = `${missing} of ${all} items have no vector in '${id}' yet`;
    throw new AttuneError('SPACE_NOT_FILLED', detail, { pointer: '/version' });
  }
  const { artifact, digest } = await spaces.alias(version);
  await swapIn(artifact, digest, { stores, engine });
}
