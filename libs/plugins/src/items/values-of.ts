import { valuesAt, type Item } from '@attune/sdk';
import { z } from 'zod';

/** What items can share: `brand`, `categories`, or an attribute, as `attributes.color`. */
export const ITEM_PATH = z
  .string()
  .regex(/^(brand|categories|attributes\..{1,128})$/u, "must be 'brand', 'categories' or 'attributes.<name>'");

/** The distinct values of an item at such a path, as text; empty where it has none. */
export function valuesOf(item: Partial<Item>, path: string): readonly string[] {
  return [...new Set(valuesAt(item, path).map(String))];
}
