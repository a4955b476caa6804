/* eslint-disable no-restricted-imports, no-restricted-properties -- a worker thread has no composition root above it: here is its clock */
import { performance } from 'node:perf_hooks';
import type { Clock } from '@attune/sdk';

/** The clock of a worker thread. */
export const THREAD_CLOCK: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  monotonic: () => performance.now(),
};
