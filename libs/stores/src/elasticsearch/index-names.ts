import { createHash } from 'node:crypto';

/** Index names are at most 255 bytes; prefix, tenant and purpose share them. */
const LONGEST_TENANT = 120;
const LONGEST_ID_BYTES = 512;
/** Half of a character: UTF-8 has no bytes for it, and would make all of them one. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const PREFIX = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/**
 * The name of a tenant's index, or with `*` in `what` of several: `<prefix>-<tenant>-<what>`. The encoded tenant holds no
 * dash, so that the indices of two tenants never meet, under a `*` neither.
 *
 * @throws RangeError for a prefix that index names cannot begin with.
 */
export function indexName(prefix: string, tenant: string, what: string): string {
  if (!PREFIX.test(prefix))
    throw new RangeError(`the index prefix '${prefix}' must be lower-case letters, digits, - and _, at most 64`);
  return `${prefix}-${encodeTenant(tenant)}-${what}`;
}

/** Lower-case letters and digits stand for themselves, each other byte of its UTF-8 is `_xx`; a long one is hashed. */
function encodeTenant(tenant: string): string {
  let encoded = '';
  for (const byte of Buffer.from(tenant, 'utf8')) {
    const char = String.fromCharCode(byte);
    encoded += /^[a-z0-9]$/.test(char) ? char : `_${byte.toString(16).padStart(2, '0')}`;
  }
  const fits = encoded.length <= LONGEST_TENANT && !LONE_SURROGATE.test(tenant);
  return fits ? encoded : `_h${sha256(tenant).toString('hex')}`;
}

/** The `_id` of what has this id: the id itself, or where that does not fit, `#` and its hash. */
export function documentId(id: string): string {
  const fits = Buffer.byteLength(id, 'utf8') <= LONGEST_ID_BYTES && !id.startsWith('#') && !LONE_SURROGATE.test(id);
  return fits ? id : `#${sha256(id).toString('base64url')}`;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf16le').digest();
}
