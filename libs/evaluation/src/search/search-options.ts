import { performance } from 'node:perf_hooks';
import { uniform } from '../metrics/bootstrap.js';
import type { Options, Grid } from './options.js';
import { optionsToTry } from './options-to-try.js';
import type { Trial, Trials } from './trials.js';

/** What is searched, and how one try of it is made. */
export interface Search<M> {
  readonly model: string;
  readonly grid: Grid;
  /** Learns with options, in about as many seconds, and judges on validation. */
  readonly attempt: (options: Options, seconds: number) => Promise<Attempt<M>>;
}

/** A model that learned, and what it reached. */
export interface Attempt<M> extends Omit<Trial, 'model' | 'seconds'> {
  readonly learned: M;
}

/** What every search of a run shares. */
export interface SearchLimits {
  readonly seconds: number;
  readonly trials: Trials;
  readonly seed: number;
}

/** The best that a search found; `learned` where this run made it. */
export interface Found<M> {
  readonly trial: Trial;
  readonly learned: M | undefined;
  readonly tried: number;
}

/** The figure of a model that gives no numbers. */
const WORST = -Number.MAX_VALUE;
/** A trial is begun where this share of the best one's time is left. */
const ROOM = 0.9;

/** Tries options for a time: at least the defaults. What an earlier run tried is not tried again. */
export async function searchOptions<M>(search: Search<M>, limits: SearchLimits): Promise<Found<M>> {
  const { trials, seconds, seed } = limits;
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  let best: Made<M> | undefined;
  let tried = 0;
  for (const options of optionsToTry(search.grid, uniform(seed), () => best?.options)) {
    const known = trials.find(search.model, options);
    if (known === undefined && best !== undefined && elapsed() + ROOM * best.trial.seconds > seconds) break;
    const made =
      known === undefined
        ? await attemptTimed(search, { options, seconds: seconds - elapsed() }, trials)
        : { options, trial: known, learned: undefined };
    tried += 1;
    if (best === undefined || made.trial.figure > best.trial.figure) best = made;
  }
  const { trial, learned } = best!;
  return { trial, learned, tried };
}

interface Made<M> extends Omit<Found<M>, 'tried'> {
  /** As they were tried: the trial's may be what learning made of them. */
  readonly options: Options;
}

async function attemptTimed<M>(
  { model, attempt }: Search<M>,
  tried: { readonly options: Options; readonly seconds: number },
  trials: Trials,
): Promise<Made<M>> {
  const began = performance.now();
  const { learned, options, asking, figure } = await attempt(tried.options, Math.max(0, tried.seconds));
  const seconds = (performance.now() - began) / 1000;
  const trial = { model, options, asking, figure: Number.isFinite(figure) ? figure : WORST, seconds };
  trials.add(tried.options, trial);
  return { options: tried.options, trial, learned };
}
