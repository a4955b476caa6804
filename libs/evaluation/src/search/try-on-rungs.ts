import { Halving, type Step } from './halving.js';
import type { Options } from './options.js';
import { RungCosts } from './rung-costs.js';
import type { Rungs } from './rungs.js';
import type { Tries } from './tries.js';

/**
 * Judges options on rungs, and those that get furthest in full. The time for one in full is kept until the end: then those that
 * wait are judged in full, the furthest and best first.
 */
export async function tryOnRungs<M>(
  draws: Generator<Options, void>,
  tries: Tries<M>,
  { shares, defaults, first, full }: Rungs,
): Promise<void> {
  const halving = new Halving(shares.length);
  halving.judged({ options: defaults, rung: 0 }, first.figure);
  halving.judged({ options: defaults, rung: shares.length }, full.figure);
  const costs = new RungCosts(defaults, first.seconds, full.seconds);
  for (let step = nextStep(halving, draws); step !== undefined; step = nextStep(halving, draws)) {
    const { options, rung } = step;
    const share = shares[rung] ?? 1;
    const [best = options] = share === 1 ? [] : halving.waiting();
    if (!tries.fits(options, share, costs.of(options, share), share === 1 ? 0 : costs.of(best, 1))) break;
    const { figure, seconds } = await tries.make(options, share);
    if (rung === 0) costs.onFirst(options, seconds);
    else if (share === 1) costs.inFull(options, seconds);
    halving.judged(step, figure);
  }
  for (const options of halving.waiting()) {
    if (tries.fits(options, 1, costs.of(options, 1))) await tries.make(options);
  }
}

/** What goes on to the next rung, or else new options on the first. */
function nextStep(halving: Halving, draws: Generator<Options, void>): Step | undefined {
  const promoted = halving.promoted();
  if (promoted !== undefined) return promoted;
  const drawn = draws.next();
  return drawn.done === true ? undefined : { options: drawn.value, rung: 0 };
}
