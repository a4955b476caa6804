import type { JsonValue } from '@attune/sdk';
import type { Judged } from '../exams/exam.js';
import { itemRates } from './item-rates.js';
import type { PastShowings } from './past-showings.js';

/** Share of the slates that a model is judged on, the newest; and the fewest of them. */
const SHARE = 0.1;
const FEWEST = 20;

/** Slates that came before, and later ones that a model is asked about. */
export interface HeldShowings {
  readonly before: PastShowings;
  readonly held: PastShowings;
}

/**
 * Holds out the last tenth of the slates by time. Undefined where that is fewer than 20, or what came before has only yes or only
 * no: so few say nothing.
 */
export function holdOutShowings({ showings, labels }: PastShowings): HeldShowings | undefined {
  const first = Math.ceil(showings.length * (1 - SHARE));
  if (showings.length - first < FEWEST) return undefined;
  const cases = showings.slice(0, first).reduce((sum, { items }) => sum + items.length, 0);
  const before = { showings: showings.slice(0, first), labels: labels.subarray(0, cases) };
  if (!before.labels.includes(0) || !before.labels.includes(1)) return undefined;
  return { before, held: { showings: showings.slice(first), labels: labels.subarray(cases) } };
}

/** How well a model foretold what came of slates held out. */
interface ClickFigures extends Readonly<Record<string, JsonValue>> {
  readonly slates: number;
  readonly cases: number;
  /** Share of them that was taken, and the mean of what was foretold. */
  readonly taken: number;
  readonly foretold: number;
  readonly logLoss: number;
  /** Of the items' rates at their places. */
  readonly rates: { readonly logLoss: number };
}

/**
 * Compares a model with the rates of the items at their places: `gate` times its log loss may not be above theirs, less two standard
 * errors over slates. `told`: what it says of each case held out, at its place.
 */
export function judgeClicks({ before, held }: HeldShowings, told: ArrayLike<number>, gate: number): Judged {
  const ratesOf = itemRates(before);
  const { showings, labels } = held;
  const cases = labels.length;
  const sums = { model: 0, rates: 0, foretold: 0 };
  let at = 0;
  // Sums over the cases of a slate, which share a person and a moment.
  const gains = showings.map((showing) => {
    let gain = 0;
    for (const rate of ratesOf(showing)) {
      const model = lossOf(told[at]!, labels[at]!);
      const rates = lossOf(rate, labels[at]!);
      sums.model += model;
      sums.rates += rates;
      sums.foretold += told[at]!;
      gain += rates - gate * model;
      at += 1;
    }
    return { gain, cases: showing.items.length };
  });
  const mean = gains.reduce((sum, { gain }) => sum + gain, 0) / cases;
  const squares = gains.reduce((sum, { gain, cases: own }) => sum + (gain - mean * own) ** 2, 0);
  const error = Math.sqrt((squares * gains.length) / (gains.length - 1)) / cases;
  const yes = labels.reduce((sum, label) => sum + label, 0);
  const figures: ClickFigures = {
    slates: showings.length,
    cases,
    taken: rounded(yes / cases),
    foretold: rounded(sums.foretold / cases),
    logLoss: rounded(sums.model / cases),
    rates: { logLoss: rounded(sums.rates / cases) },
  };
  const metric = `the log loss that the items' rates have above it on ${cases} items of ${showings.length} slates held out, where they have ${figures.rates.logLoss},`;
  return { figures, evaluation: { metric, value: rounded(mean), minimum: rounded(-2 * error) } };
}

const lossOf = (probability: number, label: number): number => -Math.log(label === 1 ? probability : 1 - probability);

const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;
