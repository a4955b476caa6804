/** What a user who is not in a model gave items of it; columns of equal length. */
export interface OwnRatings {
  /** Distinct items; rows that the model does not know (such as −1) are skipped. */
  readonly rows: ArrayLike<number>;
  /** One a row, finite. */
  readonly values: ArrayLike<number>;
}

/** The rating that a user is predicted to give an item, by its row; not clipped to a scale. */
export type RatingOf = (item: number) => number;

/** What a model knows of items alone. */
export interface ItemBiases {
  /** Mean of all ratings. */
  readonly mean: number;
  /** [items]: how far each is rated above the mean. */
  readonly biases: Float32Array;
}

/** A user's ratings of items that the model knows, less mean and bias; items ascend. */
export interface Residuals {
  readonly items: Int32Array;
  readonly values: Float32Array;
}

export function residualsOf({ mean, biases }: ItemBiases, { rows, values }: OwnRatings): Residuals {
  const known = Array.from(rows, (row, k) => ({ row, value: values[k]! }))
    .filter(({ row }) => row >= 0 && row < biases.length)
    .sort((a, b) => a.row - b.row);
  return {
    items: Int32Array.from(known, ({ row }) => row),
    values: Float32Array.from(known, ({ row, value }) => value - mean - biases[row]!),
  };
}
