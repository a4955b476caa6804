import type { SlateObserver } from '@attune/engine';

/** One observer that tells several. */
export function observers(all: readonly SlateObserver[]): SlateObserver {
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  return {
    stage: (surface, timed) => all.forEach((one) => one.stage(surface, timed)),
    degraded: (surface, plugin, code) => all.forEach((one) => one.degraded(surface, plugin, code)),
  };
}
