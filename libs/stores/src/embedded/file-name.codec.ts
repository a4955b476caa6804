/** Longest file name that common file systems take is 255 bytes; some room is left for endings. */
const LONGEST = 200;
const PLAIN = /^[a-z0-9_-]$/;

/**
 * A name (tenant, space, model) as a file name, reversibly: lower-case letters, digits, `_` and `-` stand for
 * themselves, each other byte of its UTF-8 is `%xx`. Two names never meet, on file systems that ignore case neither.
 *
 * @throws RangeError where the name is empty or its file name would be longer than 200 bytes.
 */
export function encodeName(name: string): string {
  let encoded = '';
  for (const byte of Buffer.from(name, 'utf8')) {
    const char = String.fromCharCode(byte);
    encoded += PLAIN.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
  }
  if (encoded === '' || encoded.length > LONGEST)
    throw new RangeError(`the name '${name.slice(0, 40)}' cannot be a folder: use 1 to 64 characters`);
  return encoded;
}

/** Inverse of `encodeName`; undefined for a file name that it never gives. */
export function decodeName(file: string): string | undefined {
  if (!/^([a-z0-9_-]|%[0-9a-f]{2})+$/.test(file)) return undefined;
  const bytes = [...file.matchAll(/%([0-9a-f]{2})|([a-z0-9_-])/g)].map(([, hex, char]) =>
    hex === undefined ? (char ?? '').charCodeAt(0) : Number.parseInt(hex, 16),
  );
  const name = Buffer.from(bytes).toString('utf8');
  return encodeName(name) === file ? name : undefined;
}
