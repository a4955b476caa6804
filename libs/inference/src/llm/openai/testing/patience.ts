import type { Pacing } from '../backoff.js';

/** Waits for nothing and remembers how long it was told to; chance is always one half, and it is the epoch's first second. */
export interface Patience extends Pacing {
  readonly waits: readonly number[];
}

export function patience(): Patience {
  const waits: number[] = [];
  return {
    waits,
    clock: { now: () => 1000 },
    random: () => 0.5,
    wait: async (ms) => void waits.push(ms),
  };
}

/** What a call rejects with. */
export const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => Promise.reject(new Error('it should have rejected')),
    (error: unknown) => error,
  );

/** All that an iteration gives. */
export async function all<T>(pieces: AsyncIterable<T>): Promise<readonly T[]> {
  const given: T[] = [];
  for await (const piece of pieces) given.push(piece);
  return given;
}
