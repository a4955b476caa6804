import { AttuneError } from '@attune/sdk';

/** How far a caller's clock may run ahead. */
const AHEAD_MS = 5 * 60_000;

export const isAhead = (at: string, now: number): boolean => Date.parse(at) > now + AHEAD_MS;

/** The request's clock, epoch ms: its `at`, else the time it arrived. Throws AT_IN_FUTURE. */
export function momentOf(at: string | undefined, now: number): number {
  if (at === undefined) return now;
  if (isAhead(at, now)) {
    throw new AttuneError('AT_IN_FUTURE', `'${at}' is more than 5 minutes after ${new Date(now).toISOString()}`, {
      pointer: '/at',
    });
  }
  return Date.parse(at);
}
