import { AttuneError, fieldsOf, type Predicate } from '@attune/sdk';
import type { Config } from '../../config/config.schema.js';

/** Item fields every filter may name. */
const BUILT_IN = [
  'id',
  'title',
  'brand',
  'categories',
  'tags',
  'price.amount',
  'price.currency',
  'available',
  'language',
  'groupId',
  'publishedAt',
  'updatedAt',
] as const;
const ALWAYS: ReadonlySet<string> = new Set(BUILT_IN);

/** Throws FIELD_NOT_FILTERABLE with the line to add for a field that is neither built in nor declared. */
export function checkFilterable(filter: Predicate | undefined, attributes: Config['attributes']): void {
  if (filter === undefined) return;
  for (const field of fieldsOf(filter)) {
    if (ALWAYS.has(field)) continue;
    const name = field.startsWith('attributes.') ? field.slice('attributes.'.length) : undefined;
    if (name !== undefined && Object.hasOwn(attributes, name)) continue;
    throw new AttuneError('FIELD_NOT_FILTERABLE', fixOf(field, name, attributes), { pointer: '/filter' });
  }
}

function fixOf(field: string, name: string | undefined, attributes: Config['attributes']): string {
  if (Object.hasOwn(attributes, field)) return `there is no item field '${field}'; write 'attributes.${field}'`;
  if (name === undefined || name === '') {
    return `there is no item field '${field}'; filter on ${BUILT_IN.join(', ')} or a declared attributes.<name>`;
  }
  return `'${field}' is not declared; add to attune.config.yaml: attributes: { ${JSON.stringify(name)}: { type: keyword } } (or number, boolean, date)`;
}
