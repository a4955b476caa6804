import { binaryMatrix } from '@attune/algorithms';
import type { Csr } from '@attune/numeric';
import type { TrainingData, TrainingRun } from '@attune/sdk';

export interface InteractionMatrix {
  /** Users (or owners) × items, 1 where the user has the item. */
  readonly matrix: Csr;
  /** Items with such an event, in the log's order: the columns. */
  readonly itemIds: readonly string[];
}

/** Which row of the matrix each event belongs to. */
export interface Owners {
  /** `[size]` */
  readonly rows: Int32Array;
  readonly count: number;
}

/**
 * Who has what, by events of the given types: a row a user, or what `owners` says. Throws an Error where the log holds
 * none.
 */
export function interactionMatrix(
  data: TrainingData,
  types: readonly string[],
  owners: Owners = { rows: data.users, count: data.userIds.length },
): InteractionMatrix {
  const wanted = data.typeNames.map((name) => types.includes(name));
  const kept: number[] = [];
  const column = new Int32Array(data.itemIds.length).fill(-1);
  const itemIds: string[] = [];
  for (let e = 0; e < data.size; e++) {
    if (wanted[data.types[e]!] !== true) continue;
    kept.push(e);
    const item = data.items[e]!;
    if (column[item] === -1) column[item] = itemIds.push(data.itemIds[item]!) - 1;
  }
  if (kept.length === 0) throw new Error(`the event log holds no ${types.join(', ')} to learn from: send events first`);
  const matrix = binaryMatrix({
    users: Int32Array.from(kept, (e) => owners.rows[e]!),
    items: Int32Array.from(kept, (e) => column[data.items[e]!]!),
    at: Float64Array.from(kept, (e) => data.at[e]!),
    weights: new Float32Array(kept.length).fill(1),
    userIds: Array.from({ length: owners.count }, (_, row) => String(row)),
    itemIds,
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
