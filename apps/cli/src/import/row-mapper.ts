import { createHash } from 'node:crypto';
import { convert, isEmpty } from './convert.js';
import type { FieldSource, Mapping } from './mapping.schema.js';
import { RowFault, type ReadableRow } from './row.js';
import { FIELDS, kindOf, type Target } from './target.js';

/** A row as the contract has it. */
export type Mapped = Readonly<Record<string, unknown>>;

/** Makes rows of the contract; undefined for a row that is to be left out. Throws a RowFault. Rows come in order. */
export type RowMapper = (row: ReadableRow) => Mapped | undefined;

/** A mapper by a mapping file. */
export function mapperOf(mapping: Mapping, target: Target): RowMapper {
  const fields = Object.entries(mapping.fields).map(([field, source]) => ({
    field,
    source,
    kind: kindOf(target, field)!,
  }));
  const inherited = inheritance(mapping.inherit);
  return (row) => {
    const columns = inherited(row.columns);
    if (mapping.skipWhenEmpty.some((column) => isEmpty(cellOf(columns, column)))) return undefined;
    const mapped: Record<string, unknown> = {};
    for (const { field, source, kind } of fields)
      put(mapped, field, valueOf(columns, field, source, source.as ?? kind));
    return finished(mapped, target);
  };
}

/** A mapper for rows whose columns are named like the fields; others are left out. */
export function mapperByName(
  columns: readonly string[],
  target: Target,
): { readonly mapper: RowMapper; readonly ignored: readonly string[] } {
  const known = columns.filter((column) => kindOf(target, column) !== undefined);
  const fields = Object.fromEntries(known.map((column) => [column, { column, decimal: '.' as const }]));
  return {
    mapper: mapperOf({ fields, skipWhenEmpty: [] }, target),
    ignored: columns.filter((column) => !known.includes(column)),
  };
}

/** A mapper for JSON rows that are the contract's already: the server checks them. */
export const mapperAsIs =
  (target: Target): RowMapper =>
  ({ columns }) =>
    finished({ ...columns }, target);

/** Names to write where columns are named like fields. */
export const fieldNames = (target: Target): string =>
  Object.keys(FIELDS[target])
    .map((name) => name.replace('*', '<name>'))
    .join(', ');

function valueOf(
  columns: ReadableRow['columns'],
  field: string,
  source: FieldSource,
  kind: Parameters<typeof convert>[1],
): unknown {
  if (source.value !== undefined) return kind === 'list' ? [String(source.value)] : source.value;
  try {
    const cell = source.template === undefined ? cellOf(columns, source.column!) : filled(source.template, columns);
    const translated = source.map === undefined || isEmpty(cell) ? cell : translate(cell, source.map);
    return convert(translated, kind, source) ?? source.default;
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    throw new RowFault(`${field}: ${error.message}`);
  }
}

function translate(cell: unknown, map: NonNullable<FieldSource['map']>): unknown {
  const key = String(cell).trim();
  if (Object.hasOwn(map, key)) return map[key];
  throw new RowFault(`'${key.slice(0, 60)}' is not in its map (${Object.keys(map).join(', ')})`);
}

/** A column by name, else a path into nested objects. */
function cellOf(columns: ReadableRow['columns'], name: string): unknown {
  if (Object.hasOwn(columns, name)) return columns[name];
  let value: unknown = columns;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Empty where a column it names is. */
function filled(template: string, columns: ReadableRow['columns']): string {
  let missing = false;
  const text = template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const cell = cellOf(columns, name);
    missing ||= isEmpty(cell);
    return String(cell).trim();
  });
  return missing ? '' : text;
}

/** `price.amount` goes into `price`; of `attributes.a.b` the name is `a.b`. */
function put(mapped: Record<string, unknown>, field: string, value: unknown): void {
  if (value === undefined) return;
  const dot = field.indexOf('.');
  if (dot < 0) return void (mapped[field] = value);
  const group = (mapped[field.slice(0, dot)] ??= {}) as Record<string, unknown>;
  group[field.slice(dot + 1)] = value;
}

/** What every row gets: no currency without a price, and an event's id from its content, so that repeats count once. */
function finished(mapped: Record<string, unknown>, target: Target): Mapped {
  const price = mapped['price'] as Record<string, unknown> | undefined;
  if (typeof price === 'object' && price !== null && Object.keys(price).join() === 'currency') delete mapped['price'];
  if (target !== 'events' || mapped['id'] !== undefined) return mapped;
  return {
    id: `row-${createHash('sha256').update(JSON.stringify(mapped)).digest('base64url').slice(0, 27)}`,
    ...mapped,
  };
}

/** Fills empty cells from the rows before with the same key. */
function inheritance(inherit: Mapping['inherit']): (columns: ReadableRow['columns']) => ReadableRow['columns'] {
  if (inherit === undefined) return (columns) => columns;
  let key: unknown;
  let kept: Record<string, unknown> = {};
  return (columns) => {
    if (columns[inherit.by] !== key) kept = {};
    key = columns[inherit.by];
    for (const column of inherit.columns) if (!isEmpty(columns[column])) kept[column] = columns[column];
    return { ...columns, ...kept };
  };
}
