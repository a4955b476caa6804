import type { Call } from '@attune/sdk';
import { callFor } from '../llm/call-for.js';

/** A call of ours, not of a slate's, that has so many milliseconds; nobody is told of what it leaves out. */
export const callWithin = (ms: number): Call =>
  callFor({ tenant: 'default', deadlineMs: ms, clock: { monotonic: () => performance.now() } });
