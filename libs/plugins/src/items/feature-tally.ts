import type { Feature } from './item-features.js';

interface FieldTally {
  total: number;
  readonly byValue: Map<string, number>;
}

/** How much weight of items each value of each field has. */
export class FeatureTally {
  readonly #fields = new Map<string, FieldTally>();

  /** Counts an item with a weight above 0; one with two values in a field counts for both. */
  add(features: readonly Feature[], weight: number): void {
    for (const { field, values } of features) {
      let tally = this.#fields.get(field);
      if (tally === undefined) this.#fields.set(field, (tally = { total: 0, byValue: new Map() }));
      tally.total += weight;
      for (const value of values) tally.byValue.set(value, (tally.byValue.get(value) ?? 0) + weight);
    }
  }

  /** Weight of the items that say anything in a field. */
  totalOf(field: string): number {
    return this.#fields.get(field)?.total ?? 0;
  }

  weightOf(field: string, value: string): number {
    return this.#fields.get(field)?.byValue.get(value) ?? 0;
  }
}
