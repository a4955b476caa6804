import { createHash, timingSafeEqual } from 'node:crypto';
import { EVERY_SCOPE, type KeyGrant } from '../config/api-keys.schema.js';

/** Everybody is `default` and may do everything: how it is without any keys. */
const OPEN: KeyGrant = { tenant: 'default', scopes: EVERY_SCOPE };

/** The API keys of a server. Neither a key nor its length can be told from how long an answer takes. */
export class KeyRing {
  readonly #keys: readonly (KeyGrant & { readonly hash: Buffer })[];

  constructor(keys: ReadonlyMap<string, KeyGrant>) {
    this.#keys = [...keys].map(([key, grant]) => ({ ...grant, hash: sha256(key) }));
  }

  /** What a key is good for; undefined for a key nobody has. Every key is compared, whichever fits. */
  grantOf(apiKey: string | undefined): KeyGrant | undefined {
    if (this.#keys.length === 0) return OPEN;
    const given = sha256(apiKey ?? '');
    let found: KeyGrant | undefined;
    for (const key of this.#keys) if (timingSafeEqual(key.hash, given)) found = key;
    return found;
  }
}

/** What a key is good for among these tenants; undefined for a key nobody has. */
export function accessIn<T>(
  tenants: ReadonlyMap<string, T>,
  grant: KeyGrant | undefined,
): { readonly tenant: T; readonly scopes: KeyGrant['scopes'] } | undefined {
  const tenant = grant && tenants.get(grant.tenant);
  return tenant === undefined || grant === undefined ? undefined : { tenant, scopes: grant.scopes };
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
