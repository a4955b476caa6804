import { setTimeout as pause } from 'node:timers/promises';

/** Whether it resolves within so many milliseconds. */
export async function isWithin(ms: number, done: Promise<unknown>): Promise<boolean> {
  const over = new AbortController();
  const late = pause(ms, false, { signal: over.signal }).catch(() => false);
  try {
    return await Promise.race([done.then(() => true), late]);
  } finally {
    over.abort();
  }
}
