import type { Feeds, GraphRuntime, GraphSession } from './graph.runtime.js';

/** All that a training goes on from: a checkpoint. */
export interface TrainingState {
  readonly parameters: Float32Array;
  /** Mean gradient of each parameter. */
  readonly means: Float32Array;
  /** Mean squared gradient of each parameter. */
  readonly squares: Float32Array;
  /** Steps done. */
  readonly steps: number;
}

export interface StepResult {
  readonly loss: number;
  /** Length of the gradient before the clip. */
  readonly gradientNorm: number;
}

/** The loss or its gradient is no longer a number. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
}

/** The state before the first step. */
export function initialState(parameters: Float32Array): TrainingState {
  const { length } = parameters;
  return { parameters, means: new Float32Array(length), squares: new Float32Array(length), steps: 0 };
}

/** Parameters in training, by the model that `trainingStep` made. */
export class TrainingRun {
  private busy = false;

  private constructor(
    private readonly session: GraphSession,
    private current: TrainingState,
    private spare: TrainingState,
  ) {}

  /**
   * @param from is copied
   * Throws RangeError where its arrays differ in length.
   */
  static async open(runtime: GraphRuntime, step: Uint8Array, from: TrainingState): Promise<TrainingRun> {
    const { parameters, means, squares } = from;
    if (means.length !== parameters.length || squares.length !== parameters.length)
      throw new RangeError(`a state of ${parameters.length}, ${means.length} and ${squares.length} numbers`);
    return new TrainingRun(await runtime.open(step), copyOf(from), copyOf(from));
  }

  /** The parameters as they are: until the next step but one, which writes over them. */
  get parameters(): Float32Array {
    return this.current.parameters;
  }

  get steps(): number {
    return this.current.steps;
  }

  /**
   * Does one step.
   * @param feeds the inputs of the loss
   * @param rate learning rate, >= 0
   * Rejects with DivergedError where loss or gradient are no finite numbers; the state is then that before the step.
   */
  async step(feeds: Feeds, rate: number): Promise<StepResult> {
    if (this.busy) throw new Error('a step is under way: await it first');
    this.busy = true;
    try {
      return await this.runStep(feeds, rate);
    } finally {
      this.busy = false;
    }
  }

  /** A copy of the state, to go on from another time. */
  state(): TrainingState {
    return copyOf(this.current);
  }

  close(): Promise<void> {
    return this.session.close();
  }

  private async runStep(feeds: Feeds, rate: number): Promise<StepResult> {
    const { current, spare } = this;
    const steps = current.steps + 1;
    const { parameters, means, squares } = current;
    const own = { parameters, means, squares, steps: Float32Array.of(steps), rate: Float32Array.of(rate) };
    const results = await this.session.run(
      { ...feeds, ...own },
      { nextParameters: spare.parameters, nextMeans: spare.means, nextSquares: spare.squares },
    );
    const loss = results['loss']?.[0] ?? NaN;
    const gradientNorm = results['gradientNorm']?.[0] ?? NaN;
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      const what = `loss ${loss}, gradient ${gradientNorm} at step ${steps} with rate ${rate}`;
      throw new DivergedError(`training diverged: ${what}; a lower rate or a clip may help`);
    }
    this.current = { ...spare, steps };
    this.spare = current;
    return { loss, gradientNorm };
  }
}

function copyOf({ parameters, means, squares, steps }: TrainingState): TrainingState {
  return { parameters: parameters.slice(), means: means.slice(), squares: squares.slice(), steps };
}
