export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** To four places. */
export const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Of the mean. */
export function standardError(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)) / Math.max(1, values.length - 1));
}
