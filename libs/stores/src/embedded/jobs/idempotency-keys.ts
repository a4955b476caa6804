import { createHash } from 'node:crypto';
import { z } from 'zod';

/** How long the same key means the same job. */
export const KEY_LASTS_MS = 24 * 3_600_000;

/** That a key was used, as it is stored: hashes only, since keys and requests may name people. */
export const usedKeySchema = z.strictObject({
  key: z.string(),
  request: z.string(),
  jobId: z.string(),
  at: z.string(),
});
export type UsedKey = z.output<typeof usedKeySchema>;

/** The hashes of a key and of what it was used for; the second is salted with the key, which is not stored. */
export function hashesOf(key: string, request: unknown): Pick<UsedKey, 'key' | 'request'> {
  return { key: sha256(key), request: sha256(`${key}\n${JSON.stringify(request)}`) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Keys used within the last day, oldest first. */
export class IdempotencyKeys {
  readonly #used = new Map<string, UsedKey>();

  constructor(private readonly clock: { now(): number }) {}

  /** Undefined where the key was not used, or long ago. */
  find(key: string): UsedKey | undefined {
    this.#forgetOld();
    return this.#used.get(key);
  }

  add(used: UsedKey): void {
    this.#used.delete(used.key);
    this.#used.set(used.key, used);
  }

  get size(): number {
    return this.#used.size;
  }

  list(): readonly UsedKey[] {
    this.#forgetOld();
    return [...this.#used.values()];
  }

  #forgetOld(): void {
    const now = this.clock.now();
    for (const { key, at } of this.#used.values()) {
      if (now - Date.parse(at) <= KEY_LASTS_MS) return;
      this.#used.delete(key);
    }
  }
}
