import { reportStep, type Watch } from '@attune/numeric';
import type { ArtifactDraft, TrainingData } from '@attune/sdk';
import type { FoldedModel } from '../models/folded.model.js';
import type { Rival } from '../models/opened-model.js';
import { mean, rounded, standardError } from './figures.js';
import type { HeldOutUser, HoldOut } from './held-out-users.js';

/** Places that count. */
const CUT = 10;

/** How well the next items of users held out were told. */
export interface GateFigures {
  readonly users: number;
  readonly hitRate: number;
  readonly ndcg: number;
  /** Of the most popular items that the users do not have. */
  readonly popularity: Gains;
  /** Of what the model is compared with, where that is not popularity. */
  readonly beside?: Gains;
}

/** A type, not an interface: it is stored as JSON. */
type Gains = { readonly hitRate: number; readonly ndcg: number };

export interface GateResult {
  readonly figures: GateFigures;
  readonly evaluation: NonNullable<ArtifactDraft['evaluation']>;
}

export interface GateTerms {
  readonly types: readonly string[];
  /** Multiple of the rival's NDCG that is to be reached. */
  readonly gate: number;
  /** Default popularity. */
  readonly beside?: Rival | undefined;
  readonly watch: Watch;
}

/**
 * Asks a model what users held out took up next, and its rival the same, among all items that they do not have: hit rate
 * and NDCG at 10. What is to be reached is `gate` times the rival's NDCG, less two standard errors of the difference.
 */
export async function judge(model: FoldedModel, { users, rest }: HoldOut, terms: GateTerms): Promise<GateResult> {
  const { types, gate, watch, beside } = terms;
  const counts = countsOf(rest, types);
  const gains: number[] = [];
  const popular: number[] = [];
  const rival: number[] = [];
  for (const [u, user] of users.entries()) {
    reportStep(watch, u, users.length);
    gains.push(gainAt(await placeBy(model, rest.itemIds, user)));
    popular.push(gainAt(placeOf(counts, user.next, user.history)));
    rival.push(beside === undefined ? popular[u]! : gainAt(await placeBy(beside.model, rest.itemIds, user)));
  }
  reportStep(watch, users.length, users.length);
  const told = { users: users.length, ...meansOf(gains), popularity: meansOf(popular) };
  const figures = beside === undefined ? told : { ...told, beside: meansOf(rival) };
  const error = standardError(gains.map((gain, u) => gain - gate * rival[u]!));
  const name = beside?.name ?? 'popularity';
  const metric = `NDCG@${CUT} of ${users.length} users held out, where ${name} has ${meansOf(rival).ndcg},`;
  const minimum = rounded(Math.max(0, gate * mean(rival) - 2 * error));
  return { figures, evaluation: { metric, value: figures.ndcg, minimum } };
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

const meansOf = (gains: readonly number[]): Gains => ({
  hitRate: rounded(mean(gains.map((gain) => (gain > 0 ? 1 : 0)))),
  ndcg: rounded(mean(gains)),
});
