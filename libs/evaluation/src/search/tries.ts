import { performance } from 'node:perf_hooks';
import type { Grid, Options } from './options.js';
import type { Trial, Trials } from './trials.js';

/** What is searched, and how one try of it is made. */
export interface Search<M> {
  readonly model: string;
  readonly grid: Grid;
  /** Shares of the data on which options may be judged before all of it, in (0, 1), the least first. Default: none. */
  readonly shares?: readonly number[];
  /** Learns with options from a share of the data, 1 being all, in about as many seconds, and judges on validation. */
  readonly attempt: (options: Options, seconds: number, share: number) => Promise<Attempt<M>>;
}

/** A model that learned, and what it reached. */
export interface Attempt<M> extends Omit<Trial, 'model' | 'seconds' | 'share'> {
  readonly learned: M;
}

/** What every search of a run shares. */
export interface SearchLimits {
  readonly seconds: number;
  readonly trials: Trials;
  readonly seed: number;
  /** Milliseconds since some moment. Default: `performance.now`. */
  readonly clock?: (() => number) | undefined;
}

/** The best that a search found; `learned` where this run made it. */
export interface Found<M> {
  readonly trial: Trial;
  readonly learned: M | undefined;
  /** Options that were judged, and how many of them on all of the data. */
  readonly tried: number;
  readonly inFull: number;
}

/** The figure of a model that gives no numbers. */
const WORST = -Number.MAX_VALUE;
/** A try is begun where this share of its time is left. */
const ROOM = 0.9;

/** Makes tries within a time, each once: what an earlier run made is known. */
export class Tries<M> {
  private readonly clock: () => number;
  private readonly began: number;
  private readonly seen = new Set<string>();
  private readonly full = new Set<string>();
  /** The best of those in full that this search came by, in its order. */
  private best: Made<M> | undefined;

  constructor(
    private readonly search: Search<M>,
    private readonly limits: SearchLimits,
  ) {
    this.clock = limits.clock ?? (() => performance.now());
    this.began = this.clock();
  }

  /** The best options so far, as they were tried: the trial's may be what learning made of them. */
  get bestOptions(): Options | undefined {
    return this.best?.tried;
  }

  /** Seconds that the best so far took, in full. */
  get bestSeconds(): number {
    return this.best?.trial.seconds ?? 0;
  }

  /** Whether a try is known, or there is time for the `seconds` that it takes; `kept` of the time are for others. */
  fits(options: Options, share: number, seconds: number, kept = 0): boolean {
    const { trials } = this.limits;
    return trials.find(this.search.model, options, share) !== undefined || this.left() - kept >= ROOM * seconds;
  }

  async make(tried: Options, share = 1): Promise<Trial> {
    const { model } = this.search;
    const { trials } = this.limits;
    const known = trials.find(model, tried, share);
    const made = known === undefined ? await this.attempt(tried, share) : { tried, trial: known, learned: undefined };
    const { trial } = made;
    this.seen.add(JSON.stringify(tried));
    if (share === 1) {
      this.full.add(JSON.stringify(tried));
      if (this.best === undefined || trial.figure > this.best.trial.figure) this.best = made;
    }
    return trial;
  }

  /** The best in full, also of those of earlier runs that this one did not come by. */
  found(): Found<M> {
    const trial = this.limits.trials.best(this.search.model, this.search.grid)!;
    const learned = this.best?.trial === trial ? this.best.learned : undefined;
    return { trial, learned, tried: this.seen.size, inFull: this.full.size };
  }

  private left(): number {
    return this.limits.seconds - (this.clock() - this.began) / 1000;
  }

  private async attempt(tried: Options, share: number): Promise<Made<M>> {
    const { search, limits, clock } = this;
    const began = clock();
    const { learned, options, asking, figure } = await search.attempt(tried, Math.max(0, this.left()), share);
    const seconds = (clock() - began) / 1000;
    const judged = { options, asking, figure: Number.isFinite(figure) ? figure : WORST, seconds };
    const trial = { model: search.model, ...judged, ...(share === 1 ? {} : { share }) };
    limits.trials.add(tried, trial);
    return { tried, trial, learned };
  }
}

/** A try, with what this run learned by it. */
interface Made<M> {
  readonly tried: Options;
  readonly trial: Trial;
  readonly learned: M | undefined;
}
