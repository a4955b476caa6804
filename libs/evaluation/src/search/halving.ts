import type { Options } from './options.js';

/** One of so many that were judged on a rung goes on to the next. */
export const ETA = 3;

/** Options that are to be judged on a rung. */
export interface Step {
  readonly options: Options;
  /** From 0; the one after the last is all of the data. */
  readonly rung: number;
}

/** Options on their way, with what they reached on the rungs that they were judged on. */
interface Climber {
  readonly options: Options;
  readonly figures: (number | undefined)[];
}

/**
 * Which options are judged on more of the data: the best third of those that were judged on a rung go on to the next, as soon
 * as there is a third to go on (asynchronous successive halving: Li et al., MLSys 2020, after Jamieson and Talwalkar, AISTATS
 * 2016). What it says follows from the figures that it was told, in their order, and from nothing else.
 */
export class Halving {
  private readonly climbers: Climber[] = [];

  /** `rungs`: how many there are below all of the data; at least one. */
  constructor(private readonly rungs: number) {}

  /** What is to go on, from the furthest rung that has something; undefined where new options are wanted. */
  promoted(): Step | undefined {
    for (let rung = this.rungs - 1; rung >= 0; rung--) {
      const judged = this.judgedOn(rung);
      const best = judged.slice(0, Math.floor(judged.length / ETA)).find((climber) => isAt(climber, rung));
      if (best !== undefined) return { options: best.options, rung: rung + 1 };
    }
    return undefined;
  }

  /** What was not judged on all of the data: the furthest first, of those as far the best. */
  waiting(): readonly Options[] {
    const rungs = Array.from({ length: this.rungs }, (_, i) => this.rungs - 1 - i);
    return rungs.flatMap((rung) =>
      this.judgedOn(rung)
        .filter((climber) => isAt(climber, rung))
        .map(({ options }) => options),
    );
  }

  /** Tells what options reached on a rung; higher is better. */
  judged({ options, rung }: Step, figure: number): void {
    let climber = this.climbers.find((one) => one.options === options);
    if (climber === undefined) this.climbers.push((climber = { options, figures: [] }));
    climber.figures[rung] = figure;
  }

  /** Best first; equals as they came. */
  private judgedOn(rung: number): readonly Climber[] {
    return this.climbers
      .filter(({ figures }) => figures[rung] !== undefined)
      .sort((a, b) => b.figures[rung]! - a.figures[rung]!);
  }
}

/** Whether a rung is the furthest that options were judged on. */
const isAt = ({ figures }: Climber, rung: number): boolean => figures.length === rung + 1;
