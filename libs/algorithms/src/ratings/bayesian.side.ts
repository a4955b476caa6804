import { type Csr } from '@attune/numeric';
import { type Draws } from './chance.draws.js';

/** One coordinate of a side's factors: of users or of items, "rows" here; "others" are the other side. */
export interface Coordinate {
  /** [rows]: of the row itself. */
  readonly own: Float64Array;
  /** [others]: what each adds to the rows that rated it (or that it rated), by the root of how many those have. */
  readonly implied: Float64Array;
  /** [rows]: both together. */
  readonly effective: Float64Array;
}

/** Draws the coordinates of one side, each number given all others. */
export class SideSampler {
  /** [rows], to be filled: Σ of the other side's number² over the row's ratings. */
  readonly squares: Float64Array;
  /** [rows], to be filled: Σ of the other side's number × residual. */
  readonly products: Float64Array;
  /** [rows]: by how much the last draw moved `effective`. */
  readonly change: Float64Array;
  private readonly weights: Float64Array;
  private readonly impliedSquares: Float64Array;
  private readonly impliedProducts: Float64Array;
  private readonly impliedChange: Float64Array;

  /** @param members [others × rows]: which rows each of the others is implied in */
  constructor(
    private readonly members: Csr,
    private readonly draws: Draws,
  ) {
    const rows = members.cols;
    const sizes = new Int32Array(rows);
    for (const row of members.indices) sizes[row]!++;
    this.weights = Float64Array.from(sizes, (size) => (size > 0 ? 1 / Math.sqrt(size) : 0));
    this.squares = new Float64Array(rows);
    this.products = new Float64Array(rows);
    this.change = new Float64Array(rows);
    this.impliedSquares = new Float64Array(rows);
    this.impliedProducts = new Float64Array(rows);
    this.impliedChange = new Float64Array(rows);
  }

  /** Draws a coordinate given `squares` and `products`. @param noise precision of a rating */
  draw({ own, implied, effective }: Coordinate, noise: number): void {
    this.drawOwn(own, noise);
    this.drawImplied(implied, noise);
    const { change, impliedChange, weights } = this;
    for (let row = 0; row < change.length; row++) {
      change[row]! += weights[row]! * impliedChange[row]!;
      effective[row]! += change[row]!;
    }
  }

  private drawOwn(own: Float64Array, noise: number): void {
    const { squares, products, change, draws } = this;
    const { mean, precision } = drawPrior(own, draws);
    for (let row = 0; row < own.length; row++) {
      const square = squares[row]!;
      const certainty = precision + noise * square;
      const pull = precision * mean + noise * (products[row]! + own[row]! * square);
      const next = pull / certainty + draws.normal() / Math.sqrt(certainty);
      change[row] = next - own[row]!;
      products[row]! -= change[row]! * square;
      own[row] = next;
    }
  }

  private drawImplied(implied: Float64Array, noise: number): void {
    const { weights, squares, products, impliedSquares, impliedProducts, impliedChange, draws } = this;
    for (let row = 0; row < weights.length; row++) {
      impliedSquares[row] = weights[row]! * weights[row]! * squares[row]!;
      impliedProducts[row] = weights[row]! * products[row]!;
      impliedChange[row] = 0;
    }
    const { mean, precision } = drawPrior(implied, draws);
    const { indptr, indices } = this.members;
    for (let other = 0; other < implied.length; other++) {
      const start = indptr[other]!;
      const end = indptr[other + 1]!;
      let square = 0;
      let product = 0;
      for (let k = start; k < end; k++) {
        square += impliedSquares[indices[k]!]!;
        product += impliedProducts[indices[k]!]!;
      }
      const certainty = precision + noise * square;
      const pull = precision * mean + noise * (product + implied[other]! * square);
      const next = pull / certainty + draws.normal() / Math.sqrt(certainty);
      const step = next - implied[other]!;
      implied[other] = next;
      for (let k = start; k < end; k++) {
        const row = indices[k]!;
        impliedChange[row]! += step;
        impliedProducts[row]! -= step * impliedSquares[row]!;
      }
    }
  }
}

/** Mean and precision of the normal distribution that the values came from, drawn given them and a vague prior. */
function drawPrior(values: Float64Array, draws: Draws): { mean: number; precision: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const center = sum / (n + 1);
  let squares = center * center;
  for (let i = 0; i < n; i++) squares += (values[i]! - center) ** 2;
  const precision = draws.gamma((n + 2) / 2) / ((1 + squares) / 2);
  return { mean: center + draws.normal() / Math.sqrt((n + 1) * precision), precision };
}
