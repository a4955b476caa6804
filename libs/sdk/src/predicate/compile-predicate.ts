import type { Item } from '../data/item.schema.js';
import type { Condition, Predicate, Scalar } from './predicate.schema.js';

export type ItemTest = (item: Item) => boolean;

/**
 * Compiles a predicate to a test over items. The one definition of what a filter means:
 * an array field matches when any member does; a missing field matches only `$exists: false` and negations
 * (`$ne`, `$nin`, `$not`). `$gt` and its kin compare numbers with numbers and strings with strings, nothing else.
 * Fields are paths into the item: `brand`, `price.amount`, `attributes.color`.
 */
export function compilePredicate(predicate: Predicate): ItemTest {
  const tests: ItemTest[] = [];
  for (const [key, value] of Object.entries(predicate)) {
    if (value === undefined) continue;
    if (key === '$and') tests.push(every((value as readonly Predicate[]).map(compilePredicate)));
    else if (key === '$or') tests.push(some((value as readonly Predicate[]).map(compilePredicate)));
    else if (key === '$not') tests.push(not(compilePredicate(value as Predicate)));
    else tests.push(fieldTest(key, value as Scalar | Condition));
  }
  return every(tests);
}

/** Every field a predicate reads, once each. */
export function fieldsOf(predicate: Predicate): readonly string[] {
  const fields = new Set<string>();
  for (const [key, value] of Object.entries(predicate)) {
    const nested =
      key === '$not'
        ? [value as Predicate]
        : key === '$and' || key === '$or'
          ? (value as readonly Predicate[])
          : undefined;
    if (nested === undefined) fields.add(key);
    else for (const inner of nested) for (const field of fieldsOf(inner)) fields.add(field);
  }
  return [...fields];
}

/** Joins predicates: all must hold. Undefined members are left out; undefined where none is left. */
export function allOf(predicates: readonly (Predicate | undefined)[]): Predicate | undefined {
  const present = predicates.filter((one) => one !== undefined);
  return present.length > 1 ? { $and: present } : present[0];
}

/** Values of a field path, flattened: empty where the field is missing. */
export function valuesAt(item: Partial<Item>, path: string): readonly unknown[] {
  let at: unknown = item;
  // An attribute's own name may hold dots: the rest of the path is one key.
  const keys = path.startsWith('attributes.') ? ['attributes', path.slice('attributes.'.length)] : path.split('.');
  for (const key of keys) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return path === 'available' ? [true] : [];
    at = (at as Record<string, unknown>)[key];
  }
  if (at === undefined) return path === 'available' ? [true] : [];
  return Array.isArray(at) ? at : [at];
}

const every =
  (tests: readonly ItemTest[]): ItemTest =>
  (item) =>
    tests.every((test) => test(item));
const some =
  (tests: readonly ItemTest[]): ItemTest =>
  (item) =>
    tests.some((test) => test(item));
const not =
  (test: ItemTest): ItemTest =>
  (item) =>
    !test(item);

type ValuesTest = (values: readonly unknown[]) => boolean;

function fieldTest(path: string, condition: Scalar | Condition): ItemTest {
  const operators = typeof condition === 'object' ? condition : { $eq: condition };
  const tests = Object.entries(operators)
    .filter(([, operand]) => operand !== undefined)
    .map(([operator, operand]) => operatorTest(operator, operand));
  return (item) => {
    const values = valuesAt(item, path);
    return tests.every((test) => test(values));
  };
}

function operatorTest(operator: string, operand: unknown): ValuesTest {
  switch (operator) {
    case '$eq':
      return (values) => values.includes(operand);
    case '$ne':
      return (values) => !values.includes(operand);
    case '$in':
      return anyIn(new Set(operand as readonly unknown[]));
    case '$nin': {
      const within = anyIn(new Set(operand as readonly unknown[]));
      return (values) => !within(values);
    }
    case '$gt':
      return (values) => values.some((value) => compare(value, operand) > 0);
    case '$gte':
      return (values) => values.some((value) => compare(value, operand) >= 0);
    case '$lt':
      return (values) => values.some((value) => compare(value, operand) < 0);
    case '$lte':
      return (values) => values.some((value) => compare(value, operand) <= 0);
    case '$exists':
      return (values) => values.length > 0 === operand;
    default:
      throw new TypeError(`unknown filter operator ${operator}`);
  }
}

const anyIn =
  (set: ReadonlySet<unknown>): ValuesTest =>
  (values) =>
    values.some((value) => set.has(value));

/** −1, 0, 1 within one type; NaN (every comparison false) between types. Strings compare by code unit, as ISO dates need. */
function compare(value: unknown, operand: unknown): number {
  if (typeof value === 'number' && typeof operand === 'number') return value - operand;
  if (typeof value === 'string' && typeof operand === 'string') return value < operand ? -1 : value > operand ? 1 : 0;
  return NaN;
}
