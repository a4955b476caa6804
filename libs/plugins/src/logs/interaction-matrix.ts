import { binaryMatrix } from '@attune/algorithms';
import type { Csr } from '@attune/numeric';
import type { TrainingData, TrainingRun } from '@attune/sdk';
import { usersOf, type Owners } from './owners.js';

export interface InteractionMatrix {
  /** Users (or owners) × items, 1 where the user has the item. */
  readonly matrix: Csr;
  /** Items with such an event, in the log's order: the columns. */
  readonly itemIds: readonly string[];
}

/** Events that count, and the items they name. */
export interface LearnableItems {
  /** Events, in the order of the log. */
  readonly kept: readonly number[];
  /** Of each of the data's items; −1 where no such event names it. */
  readonly columns: Int32Array;
  /** By column. */
  readonly itemIds: readonly string[];
}

/** The events of the given types that somebody owns. Throws an Error where the log holds none. */
export function learnable(data: TrainingData, types: readonly string[], owners: Owners): LearnableItems {
  const wanted = data.typeNames.map((name) => types.includes(name));
  const kept: number[] = [];
  const columns = new Int32Array(data.itemIds.length).fill(-1);
  const itemIds: string[] = [];
  for (let e = 0; e < data.size; e++) {
    if (wanted[data.types[e]!] !== true || owners.rows[e]! < 0) continue;
    kept.push(e);
    const item = data.items[e]!;
    if (columns[item] === -1) columns[item] = itemIds.push(data.itemIds[item]!) - 1;
  }
  if (kept.length === 0) throw new Error(`the event log holds no ${types.join(', ')} to learn from: send events first`);
  return { kept, columns, itemIds };
}

/** Who has what, by events of the given types: a row a user, or what `owners` says. Throws as `learnable`. */
export function interactionMatrix(
  data: TrainingData,
  types: readonly string[],
  owners: Owners = usersOf(data),
): InteractionMatrix {
  const { kept, columns, itemIds } = learnable(data, types, owners);
  const matrix = binaryMatrix({
    users: Int32Array.from(kept, (e) => owners.rows[e]!),
    items: Int32Array.from(kept, (e) => columns[data.items[e]!]!),
    at: Float64Array.from(kept, (e) => data.at[e]!),
    weights: new Float32Array(kept.length).fill(1),
    userIds: Array.from({ length: owners.count }, (_, row) => String(row)),
    itemIds: [...itemIds],
  });
  return { matrix, itemIds };
}

/** A training run as the algorithms watch it: progress passed on, stopped when the time is over. */
export function watchOf(run: TrainingRun): { progress(done: number, total: number): void; shouldStop(): boolean } {
  return {
    progress: (done, total) => run.progress(done, total),
    shouldStop: () => run.deadline.signal.aborted || run.deadline.remainingMs() <= 0,
  };
}

/** How many weights are above 0; NaN where one is not finite: the least a model must pass to be promoted. */
export function positiveWeights(weights: Float32Array): number {
  let positive = 0;
  for (const weight of weights) {
    if (!Number.isFinite(weight)) return NaN;
    if (weight > 0) positive += 1;
  }
  return positive;
}
