import { COLOR_RULES, SIZE_RULES } from './title-attributes.table.js';
import { withoutWords } from './word-rules.js';

const VARIANT_WORDS = [...COLOR_RULES, ...SIZE_RULES];

/** What a product needs to show to be grouped. */
export interface Variant {
  /** Stock code: a number with, for variants, letters after it. */
  readonly id: string;
  /** Readable title. */
  readonly title: string;
}

/**
 * Groups variants: one stock number with different letters behind it, and titles with the same words, in any order,
 * once color and size words are taken out of both. All three must hold, because collapsing products that customers
 * buy side by side costs accuracy: designs of one bag (85099B retrospot, 85099F strawberry) stay apart, and so do
 * equal titles under unrelated numbers.
 * @returns stock code -> group id (`group-` and the first stock code of the group); codes in no group are absent
 */
export function variantGroups(products: readonly Variant[]): Map<string, string> {
  const byKey = new Map<string, string[]>();
  for (const product of products) {
    const key = variantKey(product);
    if (key === undefined) continue;
    const ids = byKey.get(key);
    if (ids === undefined) byKey.set(key, [product.id]);
    else ids.push(product.id);
  }
  const groups = new Map<string, string>();
  for (const ids of byKey.values()) {
    if (ids.length < 2) continue;
    const first = [...ids].sort()[0] ?? '';
    for (const id of ids) groups.set(id, `group-${first}`);
  }
  return groups;
}

function variantKey({ id, title }: Variant): string | undefined {
  const number = /^(\d+)[A-Z]+$/.exec(id)?.[1];
  const words = withoutWords(title, VARIANT_WORDS)
    .split(' ')
    .filter((word) => word !== '')
    .sort();
  const plain = title
    .toLowerCase()
    .split(/[^\p{L}\p{N}'&+.-]+/u)
    .filter((word) => word !== '').length;
  // A title without a color or size word says nothing about how it differs; one without two other words says too little.
  if (number === undefined || words.length < 2 || words.length === plain) return undefined;
  return `${number} ${words.join(' ')}`;
}
