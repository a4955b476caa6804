import type { estypes } from '@elastic/elasticsearch';
import { fieldsOf, type Condition, type Predicate, type Scalar } from '@attune/sdk';
import { filterField, termOf, type FilterField } from './filter-token.js';

export type Query = NonNullable<estypes.QueryDslQueryContainer>;

const EVERYTHING: Query = { match_all: {} };
const NOTHING: Query = { match_none: {} };
/** The server refuses more terms in one query. */
const MAX_TERMS = 50_000;

/** Whether the index can tell by itself what passes. */
export function isIndexed(where: Predicate): boolean {
  return fieldsOf(where).every((path) => filterField(path) !== undefined);
}

/** What passes is exactly what passes `compilePredicate`. For predicates that are indexed. */
export function queryOf(where: Predicate): Query {
  const queries = Object.entries(where).flatMap(([key, value]): readonly Query[] => {
    if (value === undefined) return [];
    if (key === '$and') return [every((value as readonly Predicate[]).map(queryOf))];
    if (key === '$or') return [some((value as readonly Predicate[]).map(queryOf))];
    if (key === '$not') return [not(queryOf(value as Predicate))];
    return [fieldQuery(key, value as Scalar | Condition)];
  });
  return every(queries);
}

export function every(queries: readonly Query[]): Query {
  if (queries.length <= 1) return queries[0] ?? EVERYTHING;
  return { bool: { filter: [...queries] } };
}

export function not(query: Query): Query {
  return { bool: { must_not: [query] } };
}

/** Items with one of these ids; what is no text is nobody's id. */
export function idsQuery(ids: Iterable<unknown>): Query {
  return anyOf({ field: 'id', prefix: '' }, ids);
}

function some(queries: readonly Query[]): Query {
  if (queries.length <= 1) return queries[0] ?? NOTHING;
  return { bool: { should: [...queries], minimum_should_match: 1 } };
}

function fieldQuery(path: string, condition: Scalar | Condition): Query {
  const target = filterField(path);
  if (target === undefined) throw new TypeError(`the index does not hold ${path}`);
  const operators = typeof condition === 'object' ? condition : { $eq: condition };
  return every(
    Object.entries(operators)
      .filter(([, operand]) => operand !== undefined)
      .map(([operator, operand]) => operatorQuery(target, operator, operand)),
  );
}

function operatorQuery(target: FilterField, operator: string, operand: unknown): Query {
  switch (operator) {
    case '$eq':
      return anyOf(target, [operand]);
    case '$ne':
      return not(anyOf(target, [operand]));
    case '$in':
      return anyOf(target, operand as readonly unknown[]);
    case '$nin':
      return not(anyOf(target, operand as readonly unknown[]));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return rangeQuery(target, operator, operand);
    case '$exists':
      return existsQuery(target, operand);
    default:
      throw new TypeError(`unknown filter operator ${operator}`);
  }
}

function anyOf({ field, prefix }: FilterField, values: Iterable<unknown>): Query {
  const terms = [...values].flatMap(termOf).map((term) => prefix + term);
  const parts: Query[] = [];
  for (let from = 0; from < terms.length; from += MAX_TERMS)
    parts.push({ terms: { [field]: terms.slice(from, from + MAX_TERMS) } });
  return some(parts);
}

/** From the operand to where its type begins or ends. */
function rangeQuery({ field, prefix }: FilterField, operator: string, operand: unknown): Query {
  const [term] = typeof operand === 'boolean' ? [] : termOf(operand);
  if (term === undefined) return NOTHING;
  const type = term.charAt(0);
  const bounds = operator.startsWith('$g')
    ? { lt: prefix + String.fromCharCode(type.charCodeAt(0) + 1) }
    : { gte: prefix + type };
  return { range: { [field]: { ...bounds, [operator.slice(1)]: prefix + term } } };
}

function existsQuery({ field, prefix }: FilterField, operand: unknown): Query {
  const exists: Query = prefix === '' ? { exists: { field } } : { term: { [field]: prefix } };
  if (typeof operand !== 'boolean') return NOTHING;
  return operand ? exists : not(exists);
}
