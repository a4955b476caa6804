/** Odds beyond these would be rounded to certainty: nothing is certain. */
const MOST_ODDS = 15;

/** 1 / (1 + e^-odds), above 0 and below 1 in 32 bits, too. */
export const probabilityOf = (odds: number): number =>
  1 / (1 + Math.exp(-Math.min(MOST_ODDS, Math.max(-MOST_ODDS, odds))));

/** Normal numbers beyond this are told as this one: nothing is certain. */
const MOST_PROBITS = 5;

/** How likely a normal number of mean 0 and deviation 1 is below x; above 0 and below 1 in 32 bits, too (Marsaglia 2004). NaN of NaN. */
export function normalShare(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const at = Math.min(MOST_PROBITS, Math.max(-MOST_PROBITS, x));
  let [sum, before, term] = [at, 0, at];
  for (let i = 3; sum !== before; i += 2) {
    before = sum;
    term *= (at * at) / i;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * at * at - HALF_LOG_2PI);
}

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
