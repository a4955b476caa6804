/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** Share that is left of a weight of 1 after some time. */
export const faded = (ms: number, halfLifeDays: number): number => 0.5 ** (ms / DAY_MS / halfLifeDays);
