import { createHash } from 'node:crypto';

/**
 * Content hash of a text: the first 16 bytes of its SHA-256 (UTF-8), as 32 hexadecimal digits.
 * Joined with a model's digest it is the key of the embedding cache. 128 bits make an accidental collision
 * among a billion texts less likely than 1e-20.
 */
export function textHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);
}
