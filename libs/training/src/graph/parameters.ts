/** A parameter before training. */
export interface ParameterSpec {
  readonly shape: readonly number[];
  /** One number of its start. */
  readonly start: (random: () => number) => number;
}

/** Where a parameter lies in the flat vector of all. */
export interface ParameterPart {
  readonly name: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly size: number;
}

/** Normal numbers around 0 (Box and Muller 1958). */
export const normal = (shape: readonly number[], deviation: number): ParameterSpec => ({
  shape,
  start: (random) => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
});

/** Uniform numbers in -limit..limit; 1 / √inputs is usual for the weights of a layer. */
export const uniform = (shape: readonly number[], limit: number): ParameterSpec => ({
  shape,
  start: (random) => limit * (2 * random() - 1),
});

export const zeros = (shape: readonly number[]): ParameterSpec => ({ shape, start: () => 0 });

export const ones = (shape: readonly number[]): ParameterSpec => ({ shape, start: () => 1 });
