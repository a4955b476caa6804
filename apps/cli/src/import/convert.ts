import { RowFault } from './row.js';
import type { FieldSource } from './mapping.schema.js';
import type { FieldKind } from './target.js';

type How = Pick<FieldSource, 'decimal' | 'split' | 'cut'>;

/** A cell as a value of its field; undefined where it is empty. Throws a RowFault where it is none. */
export function convert(cell: unknown, kind: FieldKind, how: How): unknown {
  if (isEmpty(cell)) return undefined;
  return CONVERSIONS[kind](cell, how);
}

export const isEmpty = (cell: unknown): boolean =>
  cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');

const CONVERSIONS: Readonly<Record<FieldKind, (cell: unknown, how: How) => unknown>> = {
  text: (cell, { cut }) => cutTo(textOf(cell), cut),
  number: (cell, { decimal }) => numberOf(cell, decimal),
  integer: (cell, { decimal }) => {
    const value = numberOf(cell, decimal);
    return Number.isSafeInteger(value) ? value : refuse(cell, 'no whole number');
  },
  boolean: booleanOf,
  date: dateOf,
  'unix-seconds': (cell) => momentOf(numberOf(cell, '.') * 1000, cell),
  'unix-milliseconds': (cell) => momentOf(numberOf(cell, '.'), cell),
  list: (cell, { split = '|' }) =>
    (Array.isArray(cell) ? cell.map(textOf) : textOf(cell).split(split))
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  scalar: (cell) =>
    typeof cell === 'number' || typeof cell === 'boolean'
      ? cell
      : Array.isArray(cell)
        ? cell.map(scalarOf)
        : textOf(cell),
};

function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  return refuse(cell, 'no text');
}

const scalarOf = (cell: unknown): unknown =>
  typeof cell === 'number' || typeof cell === 'boolean' ? cell : textOf(cell);

const cutTo = (text: string, most: number | undefined): string => {
  if (most === undefined || text.length <= most) return text;
  // Not through the middle of a character of two code units.
  const end = /[\ud800-\udbff]/.test(text[most - 1]!) ? most - 1 : most;
  return text.slice(0, end);
};

/** `1234.5`, `1,234.5` and `1 234.5`; with a decimal comma `1.234,5`. */
function numberOf(cell: unknown, decimal: '.' | ','): number {
  if (typeof cell === 'number' || typeof cell === 'bigint') return finite(Number(cell), cell);
  const text = textOf(cell);
  const pattern =
    decimal === '.'
      ? /^[-+]?(\d{1,3}([, ]\d{3})+|\d+)?(\.\d+)?(e[-+]?\d+)?$/i
      : /^[-+]?(\d{1,3}([. ]\d{3})+|\d+)?(,\d+)?(e[-+]?\d+)?$/i;
  if (!pattern.test(text) || !/\d/.test(text)) return refuse(cell, 'no number');
  const plain = decimal === '.' ? text.replaceAll(/[, ]/g, '') : text.replaceAll(/[. ]/g, '').replace(',', '.');
  return finite(Number(plain), cell);
}

const finite = (value: number, cell: unknown): number => (Number.isFinite(value) ? value : refuse(cell, 'no number'));

function booleanOf(cell: unknown): boolean {
  const text = textOf(cell).toLowerCase();
  if (['true', '1', 'yes', 'y'].includes(text)) return true;
  return ['false', '0', 'no', 'n'].includes(text) ? false : refuse(cell, 'neither true nor false');
}

/** ISO 8601; without a time it is midnight, without an offset UTC. */
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[-+]\d{2}:?\d{2})?)?$/;

function dateOf(cell: unknown): string {
  if (cell instanceof Date) return momentOf(cell.getTime(), cell);
  const text = textOf(cell);
  const [, day, time = '00:00', offset = 'Z'] = ISO.exec(text) ?? [];
  if (day === undefined) return refuse(cell, 'no date: write 2026-11-21T09:30:00Z, or say as: unix-seconds');
  return momentOf(Date.parse(`${day}T${time}${offset.replace(/^([-+]\d{2})(\d{2})$/, '$1:$2')}`), cell);
}

function momentOf(ms: number, cell: unknown): string {
  const moment = new Date(ms);
  return Number.isNaN(moment.getTime()) ? refuse(cell, 'no date') : moment.toISOString();
}

const LONGEST = 60;
function refuse(cell: unknown, why: string): never {
  const text = typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? String(cell));
  throw new RowFault(`'${text.slice(0, LONGEST)}' is ${why}`);
}
