import { reportStep, type Watch } from '@attune/numeric';
import { shuffledRows } from '../sequences/shuffled.js';
import { type FactorizationModel, oddsWithoutBias } from './factorization.kernel.js';
import type { FieldEntries } from './field.layout.js';

export interface DescentOptions extends Watch {
  /** Length of Adagrad's first steps, > 0. */
  readonly rate: number;
  /** L2 penalty of the weights that a case has, >= 0. */
  readonly penalty: number;
  /** L2 penalty of the factors that a case has, >= 0. */
  readonly factorPenalty: number;
  /** Chance that a field of a case is told as cold, 0 to below 1: so cold rows are learned. */
  readonly hide: number;
  readonly random: () => number;
}

/** Cases between two reports. */
const STEP = 1 << 13;
/** What squared gradients start from, so that first steps are finite. */
const EPSILON = 1e-8;

/** Stochastic gradient descent on the log loss, case by case, with Adagrad's steps (Duchi, Hazan and Singer 2011). */
export class FactorDescent {
  private readonly weightSquares: Float32Array;
  private readonly factorSquares: Float32Array;
  private biasSquare = EPSILON;
  private bias: number;
  /** Entries of the case at hand that count. */
  readonly rows: Int32Array;
  readonly values: Float32Array;
  readonly sums: Float64Array;

  /**
   * @param model where it starts from; its arrays are written to
   * @param labels 0 or 1
   */
  constructor(
    private readonly model: FactorizationModel,
    private readonly entries: FieldEntries,
    private readonly labels: Uint8Array,
    private readonly options: DescentOptions,
  ) {
    const { weights, factors, dims, layout } = model;
    this.bias = model.bias;
    this.weightSquares = new Float32Array(weights.length).fill(EPSILON);
    this.factorSquares = new Float32Array(factors.length).fill(EPSILON);
    this.rows = new Int32Array(layout.width);
    this.values = new Float32Array(layout.width);
    this.sums = new Float64Array(dims);
  }

  /** Learns every case once, in random order; the mean log loss on the way. `epoch` of `epochs` are done. */
  epoch(epoch: number, epochs: number): number {
    const { labels, options } = this;
    const order = shuffledRows(labels.length, options.random);
    let loss = 0;
    for (let i = 0; i < order.length; i++) {
      if (i % STEP === 0) reportStep(options, epoch * order.length + i, epochs * order.length);
      const at = order[i]!;
      const filled = this.open(at);
      const odds = this.bias + oddsWithoutBias(this.model, this, 0, filled);
      loss += labels[at] === 1 ? softplus(-odds) : softplus(odds);
      this.step(filled, 1 / (1 + Math.exp(-odds)) - labels[at]!);
    }
    return loss / order.length;
  }

  /** A copy of the model as it is. */
  snapshot(): FactorizationModel {
    const { layout, weights, factors, dims } = this.model;
    return { layout, bias: this.bias, weights: weights.slice(), factors: factors.slice(), dims };
  }

  /** Takes the entries of a case, some fields of it hidden; how many there are. */
  private open(at: number): number {
    const { rows, values, entries, options } = this;
    const { fields, width } = this.model.layout;
    const { hide, random } = options;
    let [filled, from] = [0, at * width];
    for (let f = 0; f < fields.length; f++) {
      const { cold, slots } = fields[f]!;
      if (hide > 0 && random() < hide) {
        rows[filled] = cold;
        values[filled++] = 1;
      } else
        for (let i = from; i < from + slots; i++)
          if (entries.values[i] !== 0) {
            rows[filled] = entries.rows[i]!;
            values[filled++] = entries.values[i]!;
          }
      from += slots;
    }
    return filled;
  }

  /** One step against the gradient; `error` is that of the odds: probability minus label. */
  private step(filled: number, error: number): void {
    const { rows, values, sums, weightSquares, factorSquares } = this;
    const { weights, factors, dims } = this.model;
    const { rate, penalty, factorPenalty } = this.options;
    this.biasSquare += error * error;
    this.bias -= (rate * error) / Math.sqrt(this.biasSquare);
    for (let s = 0; s < filled; s++) {
      const value = values[s]!;
      const row = rows[s]!;
      const pull = error * value;
      const slope = pull + penalty * weights[row]!;
      weightSquares[row]! += slope * slope;
      weights[row]! -= (rate * slope) / Math.sqrt(weightSquares[row]!);
      for (let d = 0, k = row * dims; d < dims; d++, k++) {
        const factor = factors[k]!;
        const steep = pull * (sums[d]! - factor * value) + factorPenalty * factor;
        factorSquares[k]! += steep * steep;
        factors[k]! -= (rate * steep) / Math.sqrt(factorSquares[k]!);
      }
    }
  }
}

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
