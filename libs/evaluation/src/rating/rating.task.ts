import { shuffled, type Ratings } from '@attune/algorithms';
import { DataFileError } from '../formats/evaluation.errors.js';
import { readRatings, type RatingData } from '../formats/ratings.file.js';
import { sample, uniform } from '../metrics/bootstrap.js';

/** Ratings to learn from, and others to predict. */
export interface RatingSplit {
  readonly learned: Ratings;
  readonly held: Ratings;
}

/** Folds of a file: each is a test of what was learned from the rest. */
export interface RatingTask {
  readonly data: RatingData;
  readonly tests: readonly RatingSplit[];
  /** A tenth of what the first test's models learn from, held out of that: options are chosen here. */
  readonly validation: RatingSplit;
}

const FOLDS = 5;
const MOST_FOLDS = 100;
const VALIDATION_SHARE = 0.1;
const LEAST_RATINGS = 20;
/** One to learn from, and one to validate by. */
const LEAST_LEARNED = 2;

/**
 * Rating prediction: the mean over test folds of what is learned from the other ratings. Folds are those of the file, or five
 * drawn from the seed. Predictions are clipped to the lowest and highest rating there is.
 */
export async function openRatings(files: readonly string[], seed: number): Promise<RatingTask> {
  const data = await readRatings(files);
  const { length } = data.values;
  if (length < LEAST_RATINGS)
    throw new DataFileError(`${files.join(', ')}: ${length} ratings are too few`, `Give at least ${LEAST_RATINGS}.`);
  const random = uniform(seed);
  const folds = data.folds ?? drawnFolds(length, random);
  const numbers = [...new Set(folds)].filter((fold) => fold >= 0).sort((a, b) => a - b);
  const sizes = numbers.slice(0, MOST_FOLDS).map((fold) => folds.filter((one) => one === fold).length);
  if (numbers.length === 0 || numbers.length > MOST_FOLDS || sizes.some((size) => size > length - LEAST_LEARNED))
    throw new DataFileError(
      `${files.join(', ')}: ${numbers.length} test folds, the largest of ${Math.max(0, ...sizes)} of ${length} ratings`,
      `Number up to ${MOST_FOLDS} test folds from 0, and give rows outside of each: another fold, or -1.`,
    );
  const tests = numbers.map((fold) => splitBy(data, (i) => folds[i] === fold));
  const first = [...folds.keys()].filter((i) => folds[i] !== numbers[0]);
  return { data, tests, validation: validationOf(data, first, Math.floor(random() * 2 ** 32)) };
}

/** Five folds of one size, or nearly, by chance. */
function drawnFolds(length: number, random: () => number): Int32Array {
  return shuffled(
    Int32Array.from({ length }, (_, i) => i % FOLDS),
    random,
  );
}

function validationOf(data: RatingData, rows: readonly number[], seed: number): RatingSplit {
  const held = new Set(sample(rows, Math.ceil(rows.length * VALIDATION_SHARE), seed));
  const learned = new Set(rows.filter((i) => !held.has(i)));
  return { learned: picked(data, (i) => learned.has(i)), held: picked(data, (i) => held.has(i)) };
}

const splitBy = (data: RatingData, isHeld: (i: number) => boolean): RatingSplit => ({
  learned: picked(data, (i) => !isHeld(i)),
  held: picked(data, isHeld),
});

function picked({ users, items, values, userIds, itemIds }: RatingData, keep: (i: number) => boolean): Ratings {
  const kept = Int32Array.from(values.keys()).filter(keep);
  return {
    users: kept.map((i) => users[i]!),
    items: kept.map((i) => items[i]!),
    values: Float32Array.from(kept, (i) => values[i]!),
    userCount: userIds.length,
    itemCount: itemIds.length,
    scale: scaleOf(values),
  };
}

function scaleOf(values: Float32Array): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
