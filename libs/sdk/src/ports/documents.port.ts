import type { Item } from '../data/item.schema.js';

/** Items of the catalogue by id. */
export interface DocumentsPort {
  /** Aligned with `ids`; undefined where unknown. */
  get(ids: readonly string[]): Promise<readonly (Item | undefined)[]>;
}
