import type { Item } from '@attune/sdk';

/** What values are read from. A brand is read for nothing but names that are no colors: "Orange" of Orange Audio. */
export type EnrichedItem = Pick<Item, 'title' | 'description' | 'brand' | 'tags' | 'categories'>;

/** Where a value was read, in UTF-16 units of the member; of tags: of the tags joined by ", ". */
export interface SourceSpan {
  readonly field: 'title' | 'description' | 'brand' | 'tags';
  readonly from: number;
  /** Behind its last unit, so that `text` is the slice from `from` to `to`. */
  readonly to: number;
  readonly text: string;
}

export interface ProposedValue {
  /** Read from the text: `color`, `size` or `material`; a language model may propose others. */
  readonly attribute: string;
  /** As the catalogue spells it; else canonical: lower case, "gray", "30 cm", "A4"; 红色 in a Chinese text. */
  readonly value: string;
  /** From .8 sure enough to be applied, from .5 for a person to judge; lower ones are never proposed. */
  readonly confidence: number;
  readonly span: SourceSpan;
}

/** What the catalogue is known to hold. Kept with what is made of it, so a changed catalogue needs a new object. */
export interface EnrichmentFacts {
  /** Attribute → the values that the catalogue uses; its spelling comes before the canonical one. */
  readonly known: ReadonlyMap<string, readonly string[]>;
}
