import { checkOptions } from '../sequences/option.checks.js';

/** Vectors of texts, one after another, such as an encoder of texts gives for the items of a catalogue. */
export interface TextVectors {
  /** [texts × dims] */
  readonly values: Float32Array;
  /** >= 1 */
  readonly dims: number;
}

/** Throws RangeError where there are none, they are not whole, or a number is not finite. */
export function checkVectors({ values, dims }: TextVectors): void {
  checkOptions({ whole: { dims } });
  if (values.length === 0) throw new RangeError('there are no vectors');
  if (values.length % dims !== 0) throw new RangeError(`${values.length} numbers are not whole vectors of ${dims}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`vector ${Math.floor(bad / dims)} has a number ${values[bad]}`);
}
