/** What words and phrases do in a wish. */
export const TAGS = [
  // Prices: bounds before an amount (weak: also said of other numbers) and after one, ranges, what announces an amount.
  'max',
  'min',
  'around',
  'weak-bound',
  'max-after',
  'min-after',
  'around-after',
  'between',
  'between-after',
  'to',
  'price',
  'budget',
  'spend',
  'unit',
  // Negation and lists.
  'not',
  'not-after',
  'refused',
  'not-only',
  'and',
  'but',
  'skip',
  // What is said of fields.
  'any',
  'no-matter',
  'not-matter',
  'need-not',
  'by',
  'category-word',
  // Compared with what was shown, order, places.
  'cheaper',
  'dearer',
  'bigger',
  'smaller',
  'similar',
  'different',
  'price-asc',
  'price-desc',
  'newest',
  'ordinal',
  'first',
  'number-sign',
  'place',
  // Questions to the shop.
  'help',
  'order-status',
  'order',
  'where',
  'person',
  'compare',
  'more',
  'start-over',
  // Words to search by that look like something else, and words nobody searches by.
  'name',
  'preposition',
  'weak',
  'filler',
] as const;

export type Tag = (typeof TAGS)[number];

/** Words and phrases by tag, `|` between them; one may have several tags. */
export type WordTable = Readonly<Partial<Record<Tag, string>>>;
