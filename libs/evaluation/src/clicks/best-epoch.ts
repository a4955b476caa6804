import type { Options } from '../search/options.js';
import type { ClickContext } from './click.learner.js';

/** Epochs without a better model after which training ends. */
const PATIENCE = 3;

/** Keeps the best model of a training by what it says of held cases; without those, trains as long as the options say. */
export class BestEpoch<Model> {
  private best: { readonly model: Model; readonly figure: number; readonly epoch: number } | undefined;

  constructor(
    private readonly options: Options,
    private readonly held: ClickContext['held'],
    /** The option that says after which epoch training without held cases ends. */
    private readonly name = 'stopAfter',
  ) {}

  /** Whether training goes on after an epoch. `probabilities` of the held cases; they are not asked for without those. */
  goesOn(epoch: number, model: Model, probabilities: Float32Array): boolean {
    const figure = this.held?.judge(probabilities) ?? NaN;
    if (this.best === undefined || figure > this.best.figure) this.best = { model, figure, epoch };
    return epoch - this.best.epoch < PATIENCE;
  }

  /** Whether training without held cases goes on after an epoch. */
  goesOnUntold(epoch: number): boolean {
    return epoch !== this.options[this.name];
  }

  /** The best model, or else the last, and options that make its like. */
  found(last: Model): { readonly model: Model; readonly learned: Options } {
    const { best, options, name } = this;
    if (best === undefined) return { model: last, learned: options };
    return { model: best.model, learned: { ...options, [name]: best.epoch } };
  }
}
