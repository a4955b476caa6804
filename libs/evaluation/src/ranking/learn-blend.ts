import { topK } from '@attune/numeric';
import { sample } from '../metrics/bootstrap.js';
import { ndcgAt } from '../metrics/place.metrics.js';
import type { Options } from '../search/options.js';
import type { JudgedLearner } from './evaluate-learner.js';
import type { RankingCase, RankingTask } from './ranking.task.js';
import { toldHistory } from './recency.js';
import { heard, VOICES, voiceName } from './voices.js';

/** Validation cases that weights are learned on. */
const MOST_CASES = 2_000;
/** Items of each model's best that are ranked for a case; the wanted ones always are. */
const BEST = 100;
const AT_ONCE = 128;
/** What is tried in place of a weight, relative to the sum of all; a round tries all for every model. */
const STEPS = [-0.4, -0.2, -0.1, -0.05, -0.025, 0.025, 0.05, 0.1, 0.2, 0.4] as const;
const ROUNDS = 10;

/** One case of a blend: what every model says of the items that matter. */
interface BlendCase {
  /** [models × voices] of [items]. */
  readonly columns: readonly Float32Array[];
  readonly isWanted: Uint8Array;
  readonly wanted: number;
}

/**
 * Weights of models, by name, that rank best on validation: coordinate ascent on NDCG (Metzler and Croft 2007) from the best
 * model alone or an even mix. Weights are 0 or above and sum to 1.
 */
export async function learnBlend(members: readonly JudgedLearner[], task: RankingTask, seed: number): Promise<Options> {
  const cut = Number(task.chosenBy.split('@')[1]);
  const cases = await blendCases(members, sample(task.validation, MOST_CASES, seed));
  const figureOf = (weights: readonly number[]): number =>
    cases.reduce((sum, one) => sum + ndcgAt(found(one, weights), cut), 0) / cases.length;
  const parts = members.flatMap(({ learner }) =>
    VOICES.map((voice) => ({ voice, name: voiceName(learner.name, voice) })),
  );
  // Each part alone, and all of one voice alike: where every step from one part is a loss, a mix may still be a gain.
  const starts = [
    ...parts.map((_, p) => parts.map((__, other) => (other === p ? 1 : 0))),
    ...VOICES.map((voice) => parts.map((part) => (part.voice === voice ? 1 / members.length : 0))),
  ];
  const judged = starts.map((weights: readonly number[]) => ({ weights, figure: figureOf(weights) }));
  let best = judged.reduce((a, b) => (b.figure > a.figure ? b : a));
  for (let round = 0; round < ROUNDS; round++) {
    const before = best.figure;
    for (const m of parts.keys()) {
      for (const step of STEPS) {
        const weights = summingToOne(
          best.weights.map((weight, other) => Math.max(0, other === m ? weight + step : weight)),
        );
        const figure = weights === undefined ? -Infinity : figureOf(weights);
        if (weights !== undefined && figure > best.figure) best = { weights, figure };
      }
    }
    if (best.figure === before) break;
  }
  const weights = parts.map(({ name, voice }, p) => ({ name, voice, weight: Number(best.weights[p]!.toFixed(4)) }));
  return Object.fromEntries(
    weights.filter(({ voice, weight }) => voice === 'plain' || weight > 0).map(({ name, weight }) => [name, weight]),
  );
}

function summingToOne(weights: readonly number[]): readonly number[] | undefined {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : undefined;
}

async function blendCases(
  members: readonly JudgedLearner[],
  cases: readonly RankingCase[],
): Promise<readonly BlendCase[]> {
  const made: BlendCase[] = [];
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    const some = cases.slice(from, from + AT_ONCE);
    const scores: (readonly Float32Array[])[] = [];
    for (const { model, trial } of members) {
      const interests = await model.interests(some.map((one) => toldHistory(one, trial.asking)));
      for (const voice of VOICES) scores.push(interests.map((ofCase) => heard(voice, ofCase)));
    }
    some.forEach((one, i) =>
      made.push(
        blendCase(
          one,
          scores.map((ofModel) => ofModel[i]!),
        ),
      ),
    );
  }
  return made;
}

function blendCase({ history, excluded = history, wanted }: RankingCase, scores: readonly Float32Array[]): BlendCase {
  const keep = new Uint8Array(scores[0]!.length).fill(1);
  for (const row of excluded) keep[row] = 0;
  const rows = new Set(wanted.filter((row) => keep[row] === 1));
  const findable = rows.size;
  for (const ofModel of scores) for (const row of topK(ofModel, BEST, keep)) rows.add(row);
  const items = Int32Array.from(rows);
  return {
    columns: scores.map((ofModel) => Float32Array.from(items, (row) => ofModel[row]!)),
    // Wanted rows were added first.
    isWanted: Uint8Array.from(items, (_, place) => (place < findable ? 1 : 0)),
    wanted: wanted.length,
  };
}

/** Places of what is wanted under weights; ties stand before it. */
function found({ columns, isWanted, wanted }: BlendCase, weights: readonly number[]) {
  const sums = new Float64Array(isWanted.length);
  columns.forEach((column, m) => {
    const weight = weights[m]!;
    if (weight !== 0) for (let i = 0; i < sums.length; i++) sums[i]! += weight * column[i]!;
  });
  const places: number[] = [];
  for (let w = 0; w < sums.length && isWanted[w] === 1; w++) {
    let place = 1;
    for (let i = 0; i < sums.length; i++) if (i !== w && sums[i]! >= sums[w]!) place += 1;
    places.push(place);
  }
  return { places: places.sort((a, b) => a - b), wanted };
}
