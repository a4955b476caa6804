/** Marks of rows: what a row is to the user at hand. */
export const EXCLUDED = 0;
export const UNWANTED = 1;
export const WANTED = 2;

/** Where wanted rows came out among the unwanted. */
export interface TargetPlaces {
  /** [targets] From 1, ascending; between two where a target ties with unwanted rows. */
  readonly places: Float64Array;
  /** Pairs of a target and an unwanted row that are in order; a tie counts half. */
  readonly pairs: number;
  /** Unwanted rows that are not excluded. */
  readonly unwanted: number;
}

/**
 * Places of the targets among all rows that are not excluded, if ties were broken by chance: of m targets that tie with
 * u unwanted rows below b others, the j-th comes to b + j (m + u + 1) / (m + 1) on average.
 * `targets`: scores of the wanted rows, ascending, none NaN. `marks`: [scores.length].
 * O(n + a log m) with a unwanted rows at or above the lowest target.
 */
export function targetPlaces(targets: Float64Array, scores: ArrayLike<number>, marks: Uint8Array): TargetPlaces {
  const { between, equal, unwanted } = countUnwanted(targets, scores, marks);
  const places = new Float64Array(targets.length);
  let pairs = 0;
  let above = 0;
  for (let end = targets.length; end > 0;) {
    let start = end - 1;
    while (start > 0 && targets[start - 1] === targets[start]) start--;
    const ties = equal[end - 1]!;
    const size = end - start;
    above += between[end - 1]!;
    const before = above + targets.length - end;
    for (let j = 1; j <= size; j++) places[targets.length - end + j - 1] = before + j + (j * ties) / (size + 1);
    pairs += size * (unwanted - above - ties / 2);
    above += ties;
    end = start;
  }
  return { places, pairs, unwanted };
}

interface UnwantedCounts {
  /** [targets] Unwanted rows above a target and below the next higher one, at the last of equal targets. */
  readonly between: Uint32Array;
  /** [targets] Unwanted rows that tie with a target, at the last of equal ones. */
  readonly equal: Uint32Array;
  readonly unwanted: number;
}

function countUnwanted(targets: Float64Array, scores: ArrayLike<number>, marks: Uint8Array): UnwantedCounts {
  const between = new Uint32Array(targets.length);
  const equal = new Uint32Array(targets.length);
  // No score is at or above NaN.
  const lowest = targets[0] ?? NaN;
  let unwanted = 0;
  for (let row = 0; row < scores.length; row++) {
    if (marks[row] !== UNWANTED) continue;
    unwanted++;
    const score = scores[row]!;
    // Most rows are below every target, and so is NaN.
    if (!(score >= lowest)) continue;
    const last = lastAtMost(targets, score);
    if (targets[last] === score) equal[last]! += 1;
    else between[last]! += 1;
  }
  return { between, equal, unwanted };
}

/** Index of the last value that is not above `limit`, of ascending values of which the first is not. */
function lastAtMost(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
