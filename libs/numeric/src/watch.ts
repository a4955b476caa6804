/** How a long computation reports and is stopped; both are called between pieces of well under a second. */
export interface Watch {
  /** Called with steps done and steps in all, ascending, the last time with done = total. */
  progress?: (done: number, total: number) => void;
  /** Checked between steps; true ends the computation with a StoppedError. */
  shouldStop?: () => boolean;
}

/** A long computation ended because its `shouldStop` said so. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** Throws StoppedError when stopping is asked for, else reports. */
export function reportStep(watch: Watch, done: number, total: number): void {
  if (watch.shouldStop?.() === true) throw new StoppedError(`stopped on request at step ${done} of ${total}`);
  watch.progress?.(done, total);
}
