import type { TrainingData } from './training.js';

/** A log with some of its events; ids keep their rows. `isKept` is told the place of an event. */
export function keptEvents(data: TrainingData, isKept: (event: number) => boolean): TrainingData {
  const kept: number[] = [];
  for (let event = 0; event < data.size; event++) if (isKept(event)) kept.push(event);
  return {
    ...data,
    size: kept.length,
    users: Int32Array.from(kept, (event) => data.users[event]!),
    items: Int32Array.from(kept, (event) => data.items[event]!),
    types: Uint8Array.from(kept, (event) => data.types[event]!),
    at: Float64Array.from(kept, (event) => data.at[event]!),
    values: Float32Array.from(kept, (event) => data.values[event]!),
  };
}
