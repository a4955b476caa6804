import { valuesAt, type Item } from '@attune/sdk';

/**
 * What filters compare, as terms of keyword fields that keep type and order: `s` and a text, `n` and a number, `bt`, `bf`.
 * Terms of one type lie together, so that a range within a type is a range of terms.
 */
export interface FilterField {
  /** Field of the index. */
  readonly field: string;
  /** What each of its terms begins with: attributes share one field, so that no document can add fields. */
  readonly prefix: string;
}

const ATTRIBUTES = 'attributes';
/** Fields of the index by the path of an item's field. */
const FIELDS = {
  id: 'id',
  title: 'title',
  brand: 'brand',
  categories: 'categories',
  tags: 'tags',
  'price.amount': 'price_amount',
  'price.currency': 'price_currency',
  available: 'available',
  language: 'language',
  groupId: 'groupId',
  publishedAt: 'publishedAt',
  updatedAt: 'updatedAt',
} as const;
const PATHS = Object.entries(FIELDS);

/** Every field of the index that holds terms. */
export const FILTER_FIELDS: readonly string[] = [...Object.values(FIELDS), ATTRIBUTES];

/** Where the terms of a path are; undefined for one that the index does not hold, such as `description`. */
export function filterField(path: string): FilterField | undefined {
  if (Object.hasOwn(FIELDS, path)) return { field: FIELDS[path as keyof typeof FIELDS], prefix: '' };
  if (!path.startsWith('attributes.')) return undefined;
  return { field: ATTRIBUTES, prefix: attributePrefix(path.slice('attributes.'.length)) };
}

/** All terms of an item by field; an empty list where it lacks the field. */
export function filterTerms(item: Item): Readonly<Record<string, readonly string[]>> {
  const terms: Record<string, readonly string[]> = {};
  for (const [path, field] of PATHS) terms[field] = valuesAt(item, path).flatMap(termOf);
  terms[ATTRIBUTES] = Object.keys(item.attributes ?? {}).flatMap((name) => {
    const values = valuesAt(item, `attributes.${name}`).flatMap(termOf);
    const prefix = attributePrefix(name);
    // The prefix alone says that the attribute has a value.
    return values.length === 0 ? [] : [prefix, ...values.map((value) => prefix + value)];
  });
  return terms;
}

/** The term of a value in a list; empty for what no filter equals. */
export function termOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [`s${encodeText(value)}`];
  if (typeof value === 'boolean') return [value ? 'bt' : 'bf'];
  return typeof value === 'number' && !Number.isNaN(value) ? [`n${encodeNumber(value)}`] : [];
}

/** The text of a term that `termOf` gave. */
export function textOf(term: string): string {
  return term.slice(1).replace(ESCAPED, (pair) => String.fromCharCode(FIRST_ESCAPED + pair.charCodeAt(1) - OFFSET));
}

/** Its length goes first: no name begins with another and its separator. */
function attributePrefix(name: string): string {
  return `${name.length}:${encodeText(name)}`;
}

const FIRST_ESCAPED = 0xd7ff;
const OFFSET = 0x20;
const TO_ESCAPE = /[\ud7ff-\uffff]/g;
const ESCAPED = /\ud7ff[^]/g;

/**
 * A text whose UTF-8 bytes order as the UTF-16 units of the original: filters compare by unit, the index by byte. Half
 * characters, which UTF-8 lacks, are kept apart as well.
 */
function encodeText(text: string): string {
  return text.replace(TO_ESCAPE, (unit) => '\ud7ff' + String.fromCharCode(unit.charCodeAt(0) - FIRST_ESCAPED + OFFSET));
}

const bits = new DataView(new ArrayBuffer(8));

/** 16 hexadecimal digits in the order of the numbers; −0 is 0. */
function encodeNumber(value: number): string {
  bits.setFloat64(0, value + 0);
  const raw = bits.getBigUint64(0);
  const negative = raw >> 63n === 1n;
  return BigInt.asUintN(64, negative ? ~raw : raw | (1n << 63n))
    .toString(16)
    .padStart(16, '0');
}
