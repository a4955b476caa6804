import { dot } from '@attune/numeric';
import { rowsOf, type Artifact, type CandidateCore, type VectorBlock } from '@attune/sdk';
import { unitRows } from '../taste/mean-vector.js';

/** How much a past item (by its place) speaks for a candidate (by its place); NaN = unknown. */
export type Likeness = (past: number, candidate: number) => number;

/** Likeness by EASE: the weight from the past item to the candidate; NaN where the model knows either not. */
export function likenessByWeights(artifact: Artifact, past: readonly string[], candidates: CandidateCore): Likeness {
  const vocabulary = artifact.ids('items');
  const weights = artifact.floats('weights');
  const from = rowsOf(vocabulary, past);
  const to = candidates.rows(vocabulary);
  return (p, c) => (from[p]! < 0 || to[c]! < 0 ? NaN : weights[from[p]! * vocabulary.size + to[c]!]!);
}

/** Likeness by texts: the cosine, whatever the space's metric; NaN where either has no vector. */
export function likenessByTexts(past: VectorBlock, shown: VectorBlock): Likeness {
  const { dims } = shown;
  const [from, to] = [unitRows(past), unitRows(shown)];
  return (p, c) => dot(from, p * dims, to, c * dims, dims);
}

/** Index of the past item most like the candidate and above `least`; −1 = none. */
export function nearestOf(size: number, candidate: number, likeness: Likeness, least: number): number {
  let [nearest, most] = [-1, least];
  for (let past = 0; past < size; past++) {
    const value = likeness(past, candidate);
    if (value > most) [nearest, most] = [past, value];
  }
  return nearest;
}
