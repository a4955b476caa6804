import { AttuneError } from '@attune/sdk';
import type { KeyScope } from '../config/api-keys.schema.js';
import type { Access, Platform } from '../platform/tenant-platform.js';

const BEARER = /^Bearer +(\S+) *$/i;

/** What the key of an Authorization header is good for; undefined where there is none that is known. */
export function accessOf(header: string | undefined, platform: Platform): Access | undefined {
  return platform.accessOf(keyOf(header));
}

/** Throws UNAUTHORIZED without a known key, FORBIDDEN where it lacks the scope. */
export function assertAccess(
  access: Access | undefined,
  scope: KeyScope,
  header: string | undefined,
): asserts access is Access {
  if (access === undefined) {
    const detail =
      keyOf(header) === undefined
        ? 'no `Authorization: Bearer <key>` header'
        : 'the key is not one the server was started with';
    throw new AttuneError('UNAUTHORIZED', detail);
  }
  if (access.scopes.has(scope)) return;
  throw new AttuneError('FORBIDDEN', `this call needs a key with the scope '${scope}'`);
}

/** Throws FORBIDDEN for a key of another tenant than `default`: what it asks for tells of all of them. */
export function assertOperator({ tenant }: Access): void {
  if (tenant.tenant === 'default') return;
  throw new AttuneError('FORBIDDEN', "this call tells of every tenant: use a key of the tenant 'default'");
}

const keyOf = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : BEARER.exec(header)?.[1];
