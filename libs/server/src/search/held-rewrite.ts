import type { QueryRewrite } from '@attune/language';
import type { Facts } from '@attune/language/understanding';
import type { SaidPart } from './said-query.js';

const LONGEST_QUERY = 200;

/** A rewrite as far as the catalogue bears it out. */
export interface HeldRewrite {
  readonly query: string;
  readonly parts: readonly SaidPart[];
}

export interface RewriteCheck {
  /** The words that were put into others. */
  readonly typed: string;
  readonly facts: Facts;
  /** Words of a text that neither the query nor the catalogue has. */
  readonly unknown: (text: string) => Promise<readonly string[]>;
}

/**
 * Holds a rewrite of a language model against the catalogue: words of the query or of the catalogue, values that its
 * fields have, amounts that the query says. Else why it is not used.
 */
export async function heldRewrite(
  { query, filters }: QueryRewrite,
  { typed, facts, unknown }: RewriteCheck,
): Promise<HeldRewrite | { readonly unusable: string }> {
  const words = query.trim();
  if (words === '' || words.length > LONGEST_QUERY) return { unusable: 'no words to search by, or too many' };
  const [stranger] = await unknown(words);
  if (stranger !== undefined) return { unusable: 'a word that neither the query nor the catalogue has' };
  const parts: SaidPart[] = [];
  for (const filter of filters) {
    const part = filter.field === 'price' ? pricePart(filter, typed) : valuePart(filter, facts);
    if (part === undefined) return { unusable: 'a filter that the catalogue does not have, or the query does not say' };
    parts.push(part);
  }
  return { query: words, parts };
}

type Filter = QueryRewrite['filters'][number];

function valuePart({ field, value, below, above }: Filter, facts: Facts): SaidPart | undefined {
  if (value === undefined || below !== undefined || above !== undefined) return undefined;
  const [path, values] = fieldOf(field, facts) ?? [];
  const same = values?.filter((one) => one.toLowerCase() === value.toLowerCase()) ?? [];
  return path === undefined || same.length === 0 ? undefined : { path, test: { $in: same }, text: value };
}

function fieldOf(
  field: string,
  { categories, brands, attributes }: Facts,
): readonly [string, readonly string[]] | undefined {
  if (field === 'categories') return [field, categories];
  if (field === 'brand') return [field, brands];
  const values = attributes.get(field);
  return values === undefined ? undefined : [`attributes.${field}`, values];
}

/** An amount that nobody said would be the model's own idea of what is cheap. */
function pricePart({ value, below, above }: Filter, typed: string): SaidPart | undefined {
  const said = new Set(Array.from(typed.matchAll(/\d+(?:\.\d+)?/g), ([number]) => Number(number)));
  const bounds = [below, above].filter((bound) => bound !== undefined);
  if (value !== undefined || bounds.length === 0 || !bounds.every((bound) => said.has(bound))) return undefined;
  return {
    path: 'price.amount',
    test: { ...(below !== undefined && { $lte: below }), ...(above !== undefined && { $gte: above }) },
    text: bounds.join('–'),
  };
}
