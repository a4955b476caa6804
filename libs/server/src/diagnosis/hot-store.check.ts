import type { TenantPlatform } from '../platform/tenant-platform.js';
import { ok, type Check } from './check.js';

const MB = 1e6;

/** What the hot store holds for the tenant, the largest first; nothing where there is none. */
export async function checkHotStore({
  stores: { hotSizes },
}: Pick<TenantPlatform, 'stores'>): Promise<readonly Check[]> {
  if (hotSizes === undefined) return [];
  const { kinds, complete } = await hotSizes();
  const largest = Object.entries(kinds).sort(([, a], [, b]) => b.bytes - a.bytes);
  const total = largest.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  const each = largest.map(([kind, { keys, bytes }]) => `${keys} ${kind} ${megabytes(bytes)}`);
  const seen = complete ? '' : ' of the keys that were seen in a second';
  return [ok('hot-store', [`about ${megabytes(total)}${seen}`, ...each].join(', '))];
}

const megabytes = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;
