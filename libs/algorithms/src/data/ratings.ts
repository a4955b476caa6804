/** What users said of items, in columns of equal length. */
export interface Ratings {
  /** 0..userCount-1. */
  readonly users: Int32Array;
  /** 0..itemCount-1. */
  readonly items: Int32Array;
  /** Finite, within the scale. */
  readonly values: Float32Array;
  readonly userCount: number;
  readonly itemCount: number;
  /** Lowest and highest value that a rating may have; predictions are clipped to it. */
  readonly scale: readonly [number, number];
}

/** A model that says how a user would rate an item. Rows it has not seen (such as −1) fall back to what it knows. */
export interface RatingModel {
  /** Within the scale. */
  predict(user: number, item: number): number;
}
