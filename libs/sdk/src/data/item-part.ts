import type { Item } from './item.schema.js';

/** What paths name of an item, such as `brand` or `attributes.color`: it can have thousands of words beside that. */
export function itemPart(item: Item, paths: readonly string[]): Partial<Item> {
  const members = new Set(paths.map((path) => path.split('.', 1)[0]!));
  const part = Object.fromEntries(Object.entries(item).filter(([name]) => members.has(name)));
  const attributes = Object.entries(item.attributes ?? {}).filter(([name]) => paths.includes(`attributes.${name}`));
  return members.has('attributes') ? { ...part, attributes: Object.fromEntries(attributes) } : part;
}
