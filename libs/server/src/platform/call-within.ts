import type { Call } from '@attune/sdk';

/** A call of ours, not of a slate's, that has so many milliseconds; nobody is told of what it leaves out. */
export function callWithin(ms: number): Call {
  const end = performance.now() + ms;
  const deadline = { signal: AbortSignal.timeout(ms), remainingMs: () => Math.max(0, end - performance.now()) };
  return { tenant: 'default', deadline, degrade: () => undefined, note: () => undefined };
}
