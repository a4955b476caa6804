import { reportStep, type Watch } from '@attune/numeric';
import { vocabularyOf, type ArtifactDraft, type TrainingData } from '@attune/sdk';
import type { FoldedModel } from '../models/folded.model.js';
import type { ModelSource } from '../models/shared-model.js';
import type { HeldOutUser, HoldOut } from './held-out-users.js';

/** Places that count. */
const CUT = 10;

/** How well the next items of users held out were told. */
export interface GateFigures {
  readonly users: number;
  readonly hitRate: number;
  readonly ndcg: number;
  /** Of the most popular items that the users do not have. */
  readonly popularity: { readonly hitRate: number; readonly ndcg: number };
}

export interface GateResult {
  readonly figures: GateFigures;
  readonly evaluation: NonNullable<ArtifactDraft['evaluation']>;
}

export interface GateTerms {
  readonly types: readonly string[];
  /** Multiple of popularity's NDCG that is to be reached. */
  readonly gate: number;
  readonly watch: Watch;
}

/**
 * Asks a model what users held out took up next, and popularity the same, among all items that they do not have: hit rate
 * and NDCG at 10. What is to be reached is `gate` times popularity's NDCG, less two standard errors of the difference.
 */
export async function judge(model: FoldedModel, { users, rest }: HoldOut, terms: GateTerms): Promise<GateResult> {
  const { types, gate, watch } = terms;
  const counts = countsOf(rest, types);
  const gains: number[] = [];
  const popular: number[] = [];
  for (const [u, user] of users.entries()) {
    reportStep(watch, u, users.length);
    gains.push(gainAt(await placeBy(model, rest.itemIds, user)));
    popular.push(gainAt(placeOf(counts, user.next, user.history)));
  }
  reportStep(watch, users.length, users.length);
  const figures = { users: users.length, ...meansOf(gains), popularity: meansOf(popular) };
  const error = standardError(gains.map((gain, u) => gain - gate * popular[u]!));
  const metric = `NDCG@${CUT} of ${users.length} users held out, where popularity has ${figures.popularity.ndcg},`;
  const minimum = rounded(Math.max(0, gate * mean(popular) - 2 * error));
  return { figures, evaluation: { metric, value: figures.ndcg, minimum } };
}

/** A draft as a model is read from it. */
export function sourceOf({ meta, arrays, ids }: ArtifactDraft): ModelSource {
  return {
    meta,
    floats: (name) => arrays[name] as Float32Array,
    ints: (name) => arrays[name] as Int32Array,
    ids: (name) => vocabularyOf(ids[name] ?? []),
  };
}

async function placeBy({ items, foldIn }: FoldedModel, ids: readonly string[], user: HeldOutUser): Promise<number> {
  const keys = user.history.map((item) => items.row(ids[item]!)).filter((row) => row >= 0);
  if (keys.length === 0) return Infinity;
  return placeOf(await foldIn({ keys, weights: keys.map(() => 1) }), items.row(ids[user.next]!), keys);
}

/** Place of an item from 0, behind all that are as good; what is not above 0 is not proposed. */
function placeOf(scores: ArrayLike<number>, item: number, had: readonly number[]): number {
  const score = scores[item] ?? 0;
  if (!(score > 0)) return Infinity;
  let place = -1;
  for (let row = 0; row < scores.length; row++) if (scores[row]! >= score) place += 1;
  for (const row of had) if (scores[row]! >= score) place -= 1;
  return place;
}

function countsOf(data: TrainingData, types: readonly string[]): Int32Array {
  const wanted = data.typeNames.map((name) => types.includes(name));
  const counts = new Int32Array(data.itemIds.length);
  for (let e = 0; e < data.size; e++) if (wanted[data.types[e]!] === true) counts[data.items[e]!]! += 1;
  return counts;
}

const gainAt = (place: number): number => (place < CUT ? 1 / Math.log2(place + 2) : 0);

const meansOf = (gains: readonly number[]): { readonly hitRate: number; readonly ndcg: number } => ({
  hitRate: rounded(mean(gains.map((gain) => (gain > 0 ? 1 : 0)))),
  ndcg: rounded(mean(gains)),
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

function standardError(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)) / Math.max(1, values.length - 1));
}
