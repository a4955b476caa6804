import { AttuneError, type Facet, type Item } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { bandsOf, type NumberBand } from './number-bands.js';

type Attributes = Config['attributes'];
type Value = string | number | boolean;

const BUILT_IN = ['categories', 'brand', 'tags', 'price'] as const;
const ALWAYS: ReadonlySet<string> = new Set(BUILT_IN);
const MOST_VALUES = 50;

/** Throws FACET_UNKNOWN with the line to add for a field that is neither built in nor declared with `facet: true`. */
export function checkFacets(fields: readonly string[] | undefined, attributes: Attributes): void {
  for (const [i, field] of (fields ?? []).entries()) {
    const name = attributeOf(field);
    const declared = name !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (ALWAYS.has(field) || declared?.facet === true) continue;
    throw new AttuneError('FACET_UNKNOWN', fixOf(field, name, attributes), { pointer: `/facets/${i}` });
  }
}

/**
 * How often each value of a field occurs over items, each field once and in the order asked for: most frequent first,
 * then by value, at most 50. Numbers are counted in bands, in their order; prices in the currency most of the items
 * have. A value an item has twice counts once. Fields must have passed `checkFacets`.
 */
export function facetsOf(items: readonly Item[], fields: readonly string[], attributes: Attributes): Facet[] {
  return [...new Set(fields)].map((field) => {
    if (field === 'price') return { field, values: pricesOf(items).map(bandValue) };
    const name = attributeOf(field);
    if (name === undefined) return { field, values: counted(items.map((item) => builtIn(item, field))) };
    const given = items.map(({ attributes: own = {} }) => (Object.hasOwn(own, name) ? [own[name]!].flat() : []));
    if (attributes[name]?.type !== 'number') return { field, values: counted(given) };
    const numbers = given.flat().filter((value) => typeof value === 'number');
    return { field, values: bandsOf(numbers).map(bandValue) };
  });
}

function builtIn({ categories = [], tags = [], brand }: Item, field: string): readonly string[] {
  if (field === 'categories') return categories;
  if (field === 'tags') return tags;
  return brand === undefined ? [] : [brand];
}

function pricesOf(items: readonly Item[]): readonly NumberBand[] {
  const amounts = new Map<string, number[]>();
  for (const { price } of items) {
    if (price === undefined) continue;
    const own = amounts.get(price.currency);
    if (own === undefined) amounts.set(price.currency, [price.amount]);
    else own.push(price.amount);
  }
  const [most] = [...amounts].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  return bandsOf(most?.[1] ?? []);
}

function counted(values: readonly (readonly Value[])[]): Facet['values'] {
  const counts = new Map<Value, number>();
  for (const own of values) for (const value of new Set(own)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, one], [b, other]) => other - one || compare(String(a), String(b)))
    .slice(0, MOST_VALUES)
    .map(([value, count]) => ({ value, count }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A band for a reader: `< 5`, `5–10`, `≥ 10`. */
function bandValue({ from, to, count }: NumberBand): Facet['values'][number] {
  const value =
    from === undefined ? (to === undefined ? 'all' : `< ${to}`) : to === undefined ? `≥ ${from}` : `${from}–${to}`;
  return { value, count, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

const attributeOf = (field: string): string | undefined =>
  field.startsWith('attributes.') ? field.slice('attributes.'.length) : undefined;

function fixOf(field: string, name: string | undefined, attributes: Attributes): string {
  if (Object.hasOwn(attributes, field)) return `there is no facet '${field}'; write 'attributes.${field}'`;
  if (name === undefined || name === '') {
    return `there is no facet '${field}'; use ${BUILT_IN.join(', ')} or attributes.<name>`;
  }
  const type = Object.hasOwn(attributes, name) ? attributes[name]!.type : 'keyword';
  if (type === 'date') return `'${field}' is a date, which has no facet; keep what is counted as a keyword`;
  return `'${field}' is not declared as a facet; attune.config.yaml needs: attributes: { ${JSON.stringify(name)}: { type: ${type}, facet: true } }`;
}
