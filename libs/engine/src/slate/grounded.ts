import type { Explanation, Item } from '@attune/sdk';

/** Names of fields that reasons speak of. */
const FIELDS: ReadonlySet<string> = new Set(['brand', 'category', 'price', 'tag']);

/** What a reason may speak of: the item it is given for, the items it points to, and what was asked for. */
export interface ReasonGround {
  readonly item: Item | undefined;
  readonly evidence: readonly (Item | undefined)[];
  readonly query: string | undefined;
}

/**
 * A parameter of a reason that names what is nowhere in its ground: neither a text nor an attribute's name there; undefined where all
 * are. Lists are compared word by word, joined by commas, whatever their case.
 */
export function inventedBy({ params }: Explanation, { item, evidence, query }: ReasonGround): string | undefined {
  const values = Object.values(params);
  if (values.length === 0) return undefined;
  const ground = JSON.stringify([item, evidence, query]).toLowerCase();
  const named = values.flatMap((value) => String(value).split(', '));
  // As JSON writes it: a quote or a line end in a value is escaped in the ground, too.
  const isThere = (value: string): boolean => ground.includes(JSON.stringify(value.toLowerCase()).slice(1, -1));
  return named.find((value) => !FIELDS.has(value) && !isThere(value));
}
