import { timingSafeEqual } from 'node:crypto';

/** The tenant of a key, every key compared in constant time; without any keys everybody is `default`. */
export function tenantOfKey(keys: ReadonlyMap<string, string>, apiKey: string | undefined): string | undefined {
  if (keys.size === 0) return 'default';
  const given = Buffer.from(apiKey ?? '');
  let found: string | undefined;
  for (const [key, tenant] of keys) {
    const known = Buffer.from(key);
    if (known.length === given.length && timingSafeEqual(known, given)) found = tenant;
  }
  return found;
}
