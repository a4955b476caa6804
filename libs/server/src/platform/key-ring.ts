import { createHash, timingSafeEqual } from 'node:crypto';
import { EVERY_SCOPE, type KeyGrant } from '../config/api-keys.schema.js';

/** What somebody may do, and by which key. */
export interface Grant extends KeyGrant {
  /** Hash of the key, base64; undefined where nobody needs one. */
  readonly keyId?: string;
}

/** Everybody is `default` and may do everything: how it is without any keys. */
const OPEN: Grant = { tenant: 'default', scopes: EVERY_SCOPE };

/** The API keys of a server. Neither a key nor its length can be told from how long an answer takes. */
export class KeyRing {
  readonly #keys: readonly { readonly hash: Buffer; readonly grant: Grant }[];

  constructor(keys: ReadonlyMap<string, KeyGrant>) {
    this.#keys = Array.from(keys, ([key, grant]) => {
      const hash = sha256(key);
      return { hash, grant: { ...grant, keyId: hash.toString('base64') } };
    });
  }

  /** What a key is good for; undefined for a key nobody has. Every key is compared, whichever fits. */
  grantOf(apiKey: string | undefined): Grant | undefined {
    if (this.#keys.length === 0) return OPEN;
    const given = sha256(apiKey ?? '');
    let found: Grant | undefined;
    for (const { hash, grant } of this.#keys) if (timingSafeEqual(hash, given)) found = grant;
    return found;
  }
}

/** What a key is good for among these tenants; undefined for a key nobody has. */
export function accessIn<T>(
  tenants: ReadonlyMap<string, T>,
  grant: Grant | undefined,
): (Omit<Grant, 'tenant'> & { readonly tenant: T }) | undefined {
  const tenant = grant && tenants.get(grant.tenant);
  return tenant === undefined || grant === undefined ? undefined : { ...grant, tenant };
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
