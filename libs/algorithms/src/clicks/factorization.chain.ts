import type { Draws } from '../ratings/chance.draws.js';
import { columnsOf, type FeatureColumns } from './feature.columns.js';
import { type FactorizationModel, oddsWithoutBias } from './factorization.kernel.js';
import type { Lessons } from './field.batches.js';
import type { FieldLayout } from './field.layout.js';

export interface ChainOptions {
  /** Length of a factor; 0 leaves the weights. */
  readonly dims: number;
  /** What is taken for the sum of squares of a field's numbers before they are seen, > 0. */
  readonly spread: number;
}

/** Deviation of the first factors. */
const START_DEVIATION = 0.1;

/**
 * A Gibbs chain over factorization machines of the second order: each weight and factor is drawn given all others. Of each
 * case a target of deviation 1 about what is said of it is drawn first, above 0 where its label is 1 and below where it is 0
 * (Albert and Chib 1993), so that all that follows is a regression (Freudenthaler, Schmidt-Thieme and Rendle 2011).
 */
export class FactorizationChain {
  private readonly layout: FieldLayout;
  private readonly labels: Uint8Array;
  private bias = 0;
  /** Weights, then the coordinates of the factors [1 + dims][rows]. */
  private readonly coordinates: readonly Float64Array[];
  private readonly columns: FeatureColumns;
  private readonly groups: readonly RowGroup[];
  private readonly targets: Float64Array;
  /** Targets less what is said [cases]. */
  private readonly residuals: Float64Array;
  /** Σ of a coordinate over the entries of a case [cases]. */
  private readonly sums: Float64Array;

  constructor(
    { layout, entries, labels }: Lessons,
    private readonly options: ChainOptions,
    private readonly draws: Draws,
  ) {
    const { rows, width } = layout;
    const count = labels.length;
    this.layout = layout;
    this.labels = labels;
    this.columns = columnsOf(entries, layout);
    this.groups = groupsOf(layout, this.columns);
    this.coordinates = Array.from({ length: 1 + options.dims }, () => new Float64Array(rows));
    for (const factors of this.coordinates.slice(1))
      for (let row = 0; row < rows; row++) factors[row] = this.isSeen(row) * START_DEVIATION * draws.normal();
    this.targets = new Float64Array(count);
    const machine = this.sample();
    const scratch = { ...entries, sums: new Float64Array(options.dims) };
    this.residuals = Float64Array.from(
      labels,
      (_, at) => -oddsWithoutBias(machine, scratch, at * width, (at + 1) * width),
    );
    this.sums = new Float64Array(count);
  }

  /** 1 of a row with entries; 0 of others, which stay 0 unless they are the cold row of categories. */
  private isSeen(row: number): number {
    const { starts } = this.columns;
    return Number(starts[row + 1]! > starts[row]!);
  }

  /** The machine as it is; what it says of a case is a probit. */
  sample(): FactorizationModel {
    const { layout, bias, coordinates } = this;
    const { dims } = this.options;
    const factors = new Float32Array(layout.rows * dims);
    for (let d = 0; d < dims; d++)
      for (let row = 0; row < layout.rows; row++) factors[row * dims + d] = coordinates[1 + d]![row]!;
    return { layout, bias, weights: Float32Array.from(coordinates[0]!), factors, dims };
  }

  /** Draws the targets, then the bias. */
  drawTargets(): void {
    const { targets, residuals, labels, draws } = this;
    let sum = 0;
    for (let at = 0; at < targets.length; at++) {
      const said = targets[at]! - residuals[at]!;
      const error = labels[at] === 1 ? draws.normalAbove(-said) : -draws.normalAbove(said);
      targets[at] = said + error;
      residuals[at] = error;
      sum += error;
    }
    const step = sum / targets.length + draws.normal() / Math.sqrt(targets.length);
    this.bias += step;
    for (let at = 0; at < residuals.length; at++) residuals[at]! -= step;
  }

  /** Draws the weights (0), or a coordinate of all factors (from 1 on), and for each field how its numbers lie. */
  drawCoordinate(at: number): void {
    const numbers = this.coordinates[at]!;
    const sums = at === 0 ? undefined : this.sumsOf(numbers);
    for (const { cold, seen } of this.groups) {
      const prior = drawPrior(numbers, seen, this.options.spread, this.draws);
      for (let i = 0; i < seen.length; i++) this.drawNumber(seen[i]!, numbers, prior, sums);
      if (cold !== undefined) numbers[cold] = prior.mean;
    }
  }

  /** Draws a number given all others. `sums`: undefined for a weight. */
  private drawNumber(row: number, numbers: Float64Array, prior: Prior, sums: Float64Array | undefined): void {
    const { residuals, draws } = this;
    const { starts, cases, values } = this.columns;
    const [from, to, old] = [starts[row]!, starts[row + 1]!, numbers[row]!];
    let [square, product] = [0, 0];
    for (let k = from; k < to; k++) {
      const value = values[k]!;
      const at = cases[k]!;
      const effect = sums === undefined ? value : value * (sums[at]! - value * old);
      square += effect * effect;
      product += effect * residuals[at]!;
    }
    const precision = prior.precision + square;
    const mean = (prior.precision * prior.mean + product + square * old) / precision;
    const step = mean + draws.normal() / Math.sqrt(precision) - old;
    for (let k = from; k < to; k++) {
      const value = values[k]!;
      const at = cases[k]!;
      if (sums === undefined) residuals[at]! -= value * step;
      else {
        residuals[at]! -= value * (sums[at]! - value * old) * step;
        sums[at]! += value * step;
      }
    }
    numbers[row] = old + step;
  }

  private sumsOf(numbers: Float64Array): Float64Array {
    const { sums } = this;
    const { starts, cases, values } = this.columns;
    sums.fill(0);
    for (let row = 0; row < numbers.length; row++) {
      const number = numbers[row]!;
      for (let k = starts[row]!; k < starts[row + 1]!; k++) sums[cases[k]!]! += values[k]! * number;
    }
    return sums;
  }
}

interface Prior {
  readonly mean: number;
  readonly precision: number;
}

/** Rows of a field whose numbers come from one normal distribution. */
interface RowGroup {
  /** Rows with entries. */
  readonly seen: Int32Array;
  /** The cold row of categories, where it has none: it is told as the mean of the others. */
  readonly cold: number | undefined;
}

/** A number's own row and the one that counts where it is missing are groups of one. */
function groupsOf({ fields, rows }: FieldLayout, { starts }: FeatureColumns): readonly RowGroup[] {
  const isSeen = (row: number): boolean => starts[row + 1]! > starts[row]!;
  return fields.flatMap(({ cold, places }, f) => {
    const end = fields[f + 1]?.cold ?? rows;
    const seen = Int32Array.from({ length: end - cold }, (_, i) => cold + i).filter(isSeen);
    if (places !== undefined) return [{ seen, cold: isSeen(cold) ? undefined : cold }];
    return [...seen].map((row) => ({ seen: Int32Array.of(row), cold: undefined }));
  });
}

/** Draws the distribution that numbers came from: given them, one more of 0, and `spread` more of their squares. */
function drawPrior(numbers: Float64Array, rows: Int32Array, spread: number, draws: Draws): Prior {
  const n = rows.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += numbers[rows[i]!]!;
  const center = sum / (n + 1);
  let squares = center * center;
  for (let i = 0; i < n; i++) squares += (numbers[rows[i]!]! - center) ** 2;
  const precision = draws.gamma((n + 2) / 2) / ((spread + squares) / 2);
  return { mean: center + draws.normal() / Math.sqrt((n + 1) * precision), precision };
}
