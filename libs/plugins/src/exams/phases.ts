import type { Deadline, TrainingRun } from '@attune/sdk';

/** A deadline that comes before another by a share of what is left now. */
export function earlier(deadline: Deadline, share: number): Deadline {
  const kept = share * deadline.remainingMs();
  return { signal: deadline.signal, remainingMs: () => Math.max(0, deadline.remainingMs() - kept) };
}

/** A run whose progress is that of one of so many phases, from 0. */
export const phaseOf = (run: TrainingRun, phase: number, phases: number): TrainingRun => ({
  ...run,
  progress: (done, total) => run.progress(phase + done / Math.max(1, total), phases),
});
