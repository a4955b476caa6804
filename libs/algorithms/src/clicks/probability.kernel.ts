/** Odds beyond these would be rounded to certainty: nothing is certain. */
const MOST_ODDS = 15;

/** 1 / (1 + e^-odds), above 0 and below 1 in 32 bits, too. */
export const probabilityOf = (odds: number): number =>
  1 / (1 + Math.exp(-Math.min(MOST_ODDS, Math.max(-MOST_ODDS, odds))));
