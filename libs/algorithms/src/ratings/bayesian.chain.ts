import { type Coordinate, SideSampler } from './bayesian.side.js';
import { type Draws } from './chance.draws.js';
import { type RatingTable } from './rating.table.js';

/** Deviation of the first factors. */
const START_DEVIATION = 0.1;
/** Coordinates that are biases: the users' is multiplied by 1 on the items' side, and the other way round. */
export const USER_BIAS = 0;
export const ITEM_BIAS = 1;
export const BIASES = 2;

/** A Gibbs chain over biased matrix factorizations whose factors have implied parts on both sides. */
export class BayesianChain {
  readonly users: readonly Coordinate[];
  readonly items: readonly Coordinate[];
  /** Ratings less what the chain says of them, user by user. */
  private readonly residuals: Float64Array;
  private readonly userSide: SideSampler;
  private readonly itemSide: SideSampler;
  /** Precision of a rating. */
  private noise = 1;

  constructor(
    private readonly table: RatingTable,
    dims: number,
    private readonly draws: Draws,
  ) {
    const { byUser, byItem, mean } = table;
    this.userSide = new SideSampler(byItem, draws);
    this.itemSide = new SideSampler(byUser, draws);
    const start = (rows: number, others: number, at: number, constant: number): Coordinate => {
      const own = new Float64Array(rows);
      if (at >= BIASES) for (let row = 0; row < rows; row++) own[row] = START_DEVIATION * draws.normal();
      if (at === constant) own.fill(1);
      return { own, implied: new Float64Array(others), effective: own.slice() };
    };
    const [rows, cols] = [byUser.rows, byUser.cols];
    this.users = Array.from({ length: BIASES + dims }, (_, at) => start(rows, cols, at, ITEM_BIAS));
    this.items = Array.from({ length: BIASES + dims }, (_, at) => start(cols, rows, at, USER_BIAS));
    this.residuals = Float64Array.from(byUser.values, (value) => value - mean);
    for (let at = BIASES; at < this.users.length; at++)
      this.subtract(this.users[at]!.effective, this.items[at]!.effective);
  }

  drawNoise(): void {
    let squares = 0;
    for (let k = 0; k < this.residuals.length; k++) squares += this.residuals[k]! ** 2;
    this.noise = this.draws.gamma((this.residuals.length + 1) / 2) / ((squares + 1) / 2);
  }

  /** Draws a coordinate of the users' factors, then of the items'. Biases have one side. */
  drawCoordinate(at: number): void {
    const users = this.users[at]!;
    const items = this.items[at]!;
    if (at !== ITEM_BIAS) {
      this.gatherUsers(items.effective);
      this.userSide.draw(users, this.noise);
      this.subtract(this.userSide.change, items.effective);
    }
    if (at !== USER_BIAS) {
      this.gatherItems(users.effective);
      this.itemSide.draw(items, this.noise);
      this.subtract(users.effective, this.itemSide.change);
    }
  }

  private gatherUsers(items: Float64Array): void {
    const { squares, products } = this.userSide;
    const { indptr, indices } = this.table.byUser;
    const { residuals } = this;
    for (let user = 0; user < squares.length; user++) {
      let square = 0;
      let product = 0;
      for (let k = indptr[user]!; k < indptr[user + 1]!; k++) {
        const b = items[indices[k]!]!;
        square += b * b;
        product += b * residuals[k]!;
      }
      squares[user] = square;
      products[user] = product;
    }
  }

  private gatherItems(users: Float64Array): void {
    const { squares, products } = this.itemSide;
    const { indptr, indices } = this.table.byUser;
    const { residuals } = this;
    squares.fill(0);
    products.fill(0);
    for (let user = 0; user < users.length; user++) {
      const a = users[user]!;
      for (let k = indptr[user]!; k < indptr[user + 1]!; k++) {
        squares[indices[k]!]! += a * a;
        products[indices[k]!]! += a * residuals[k]!;
      }
    }
  }

  /** residual -= a of its user × b of its item. */
  private subtract(users: Float64Array, items: Float64Array): void {
    const { indptr, indices } = this.table.byUser;
    const { residuals } = this;
    for (let user = 0; user < users.length; user++) {
      const a = users[user]!;
      for (let k = indptr[user]!; k < indptr[user + 1]!; k++) residuals[k]! -= a * items[indices[k]!]!;
    }
  }
}
