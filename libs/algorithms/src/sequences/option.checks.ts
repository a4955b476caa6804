type Numbers = Readonly<Record<string, number>>;

/** Options by what they must be. */
export interface CheckedOptions {
  /** Whole numbers from 1. */
  readonly whole?: Numbers;
  /** Whole numbers from 0. */
  readonly whole0?: Numbers;
  /** Finite numbers from 0. */
  readonly from0?: Numbers;
  /** Finite numbers above 0. */
  readonly above0?: Numbers;
  /** 0 to below 1. */
  readonly shares?: Numbers;
}

/** Throws RangeError that names the first option that is not what it must be. */
export function checkOptions({ whole = {}, whole0 = {}, from0 = {}, above0 = {}, shares = {} }: CheckedOptions): void {
  checkEach(whole, (value) => Number.isInteger(value) && value >= 1, 'a whole number from 1');
  checkEach(whole0, (value) => Number.isInteger(value) && value >= 0, 'a whole number from 0');
  checkEach(from0, (value) => value >= 0 && value < Infinity, 'a number from 0');
  checkEach(above0, (value) => value > 0 && value < Infinity, 'above 0');
  checkEach(shares, (value) => value >= 0 && value < 1, 'from 0 to below 1');
}

function checkEach(options: Numbers, isSound: (value: number) => boolean, wanted: string): void {
  for (const [name, value] of Object.entries(options))
    if (!isSound(value)) throw new RangeError(`${name} must be ${wanted}, got ${value}`);
}
