import { AttuneError } from '@attune/sdk';
import type { Platform, TenantPlatform } from '../platform/tenant-platform.js';

const BEARER = /^Bearer +(\S+) *$/i;

/** Whose request this is. Throws UNAUTHORIZED. `header`: the Authorization header. */
export function authorize(header: string | undefined, platform: Platform): TenantPlatform {
  const key = header === undefined ? undefined : BEARER.exec(header)?.[1];
  const tenant = platform.tenantOf(key);
  if (tenant !== undefined) return tenant;
  throw new AttuneError(
    'UNAUTHORIZED',
    key === undefined ? 'no `Authorization: Bearer <key>` header' : 'the key is not one the server was started with',
  );
}
