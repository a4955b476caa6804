import type { Item } from '@attune/sdk';
import { sayableAttributes } from '../writing/sayable-attributes.js';

/** What an item has in common with all of its evidence, as "color: red": brand, categories and attributes; none without evidence. */
export function sharedValues(item: Item, evidence: readonly Item[]): readonly string[] {
  const [own, ...others] = [item, ...evidence].map(valuesOf);
  return others.length === 0 || own === undefined
    ? []
    : own.filter((value) => others.every((one) => one.includes(value)));
}

function valuesOf(item: Item): readonly string[] {
  const { brand, categories = [] } = item;
  return [
    ...(brand === undefined ? [] : [`brand: ${brand}`]),
    ...categories.map((category) => `category: ${category}`),
    ...sayableAttributes(item).flatMap(({ words, values }) => values.map((value) => `${words}: ${value}`)),
  ];
}
