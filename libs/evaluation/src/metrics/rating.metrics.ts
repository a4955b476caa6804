/**
 * Root mean squared error: √(Σ (predicted − actual)² / n), in units of the scale, 0 is best; NaN where there are none.
 * Throws RangeError for lists that differ in length.
 */
export const rmse = (predicted: ArrayLike<number>, actual: ArrayLike<number>): number =>
  Math.sqrt(meanError(predicted, actual, (error) => error * error));

/**
 * Mean absolute error: Σ |predicted − actual| / n, in units of the scale, 0 is best; NaN where there are none.
 * Throws RangeError for lists that differ in length.
 */
export const mae = (predicted: ArrayLike<number>, actual: ArrayLike<number>): number =>
  meanError(predicted, actual, Math.abs);

function meanError(predicted: ArrayLike<number>, actual: ArrayLike<number>, loss: (error: number) => number): number {
  if (predicted.length !== actual.length)
    throw new RangeError(`${predicted.length} predictions are not of ${actual.length} ratings`);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += loss(predicted[i]! - actual[i]!);
  return sum / actual.length;
}
