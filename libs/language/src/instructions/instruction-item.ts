import type { Item } from '@attune/sdk';
import { cleanText } from '@attune/text';
import { withoutPersonalData } from '../personal-data.js';

/** What two items can have in common. */
export interface ItemFact {
  /** `brand`, `category`, or the name of an attribute. */
  readonly attribute: string;
  readonly value: string;
}

/** An item as examples tell of it: cleaned, without personal data. */
export interface InstructionItem {
  readonly title: string;
  readonly facts: readonly ItemFact[];
}

const TITLE_CHARS = 120;
const FACTS = 20;

/** Undefined where nothing is left of its title. */
export function instructionItem(
  item: Pick<Item, 'title' | 'brand' | 'categories' | 'attributes'>,
): InstructionItem | undefined {
  const { brand, categories = [], attributes = {} } = item;
  const title = plain(item.title);
  if (title === '') return undefined;
  const facts = [
    ...(brand === undefined ? [] : [{ attribute: 'brand', value: brand }]),
    ...categories.map((value) => ({ attribute: 'category', value })),
    ...Object.entries(attributes).flatMap(([attribute, values]) =>
      [values].flat().flatMap((value) => (typeof value === 'string' ? [{ attribute, value }] : [])),
    ),
  ];
  const told = facts.slice(0, FACTS).map((fact) => ({ attribute: plain(fact.attribute), value: plain(fact.value) }));
  return { title, facts: told.filter(({ attribute, value }) => attribute !== '' && value !== '') };
}

/** Cut last: the rest of a number that was cut would not be known for one. */
const plain = (text: string): string => cleanText(withoutPersonalData(cleanText(text)), { maxChars: TITLE_CHARS });
