import type { TextVectors } from '@attune/algorithms';
import { keptEvents, pickedRows, type TrainingData } from '@attune/sdk';

/** Whether an item of the log has a vector in a space. */
export function hasVector({ itemVectors }: TrainingData, space: string, item: number): boolean {
  const block = itemVectors?.[space];
  return block !== undefined && !Number.isNaN(block.data[item * block.dims]);
}

/** The events of items that have a vector. Throws an Error where the log has events, and none of their items does. */
export function withVectors(data: TrainingData, space: string): TrainingData {
  const known = keptEvents(data, (event) => hasVector(data, space, data.items[event]!));
  if (data.size > 0 && known.size === 0)
    throw new Error(`no item of the log has a vector in space '${space}' yet: wait for the embed job to end`);
  return known;
}

/** Vectors of items of the log that have one, in the order of `ids`. */
export function vectorsOf({ itemIds, itemVectors }: TrainingData, space: string, ids: readonly string[]): TextVectors {
  const rowOf = new Map(itemIds.map((id, row) => [id, row]));
  const { data: values, dims } = pickedRows(
    itemVectors![space]!,
    ids.map((id) => rowOf.get(id)!),
  );
  return { values, dims };
}
