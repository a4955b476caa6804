import type { ClickField } from '@attune/algorithms';
import { IdRows } from './id-rows.js';

/** What the cells of a column are: one category, several, or a number. */
export type FieldKind = 'category' | 'categories' | 'number';

/** A column that is read. */
export interface DraftField {
  readonly name: string;
  /** As its first line says by a type, as of RecBole's atomic files; undefined where it says nothing. */
  readonly declared: FieldKind | undefined;
}

const KINDS: Readonly<Record<string, FieldKind>> = { token: 'category', token_seq: 'categories', float: 'number' };

/** The kind that the name of a column declares, such as `age:float`. */
export const fieldKindOf = (head: string): FieldKind | undefined => KINDS[/:(\w+)\s*$/.exec(head)?.[1] ?? ''];

/**
 * A column as a field.
 * @param cells one a case: row of its text, −1 where it is empty
 * @param texts all different texts
 */
export function clickField({ declared }: DraftField, cells: readonly number[], texts: readonly string[]): ClickField {
  const kind = declared ?? guessed(texts);
  if (kind === 'category') return { kind, rows: Int32Array.from(cells), slots: 1, categories: texts.length };
  if (kind === 'categories') return severalOf(cells, texts, declared === undefined ? BETWEEN : ' ');
  const numbers = Float32Array.from(texts, (text) => (Number.isFinite(Math.fround(Number(text))) ? Number(text) : NaN));
  return { kind, values: Float32Array.from(cells, (row) => numbers[row] ?? NaN) };
}

/** Between categories of one cell. */
const BETWEEN = '|';
/** Categories of a cell that count: more would make every case as wide. */
const MOST_SLOTS = 50;

/** Whole numbers are as often ids or codes: only where there are fractions they must be quantities. */
function guessed(texts: readonly string[]): FieldKind {
  if (texts.some((text) => text.includes(BETWEEN))) return 'categories';
  const isNumber = texts.some((text) => text.includes('.')) && texts.every((text) => Number.isFinite(Number(text)));
  return isNumber ? 'number' : 'category';
}

function severalOf(cells: readonly number[], texts: readonly string[], between: string): ClickField {
  const ids = new IdRows();
  const lists = texts.map((text) => {
    const words = text.split(between).map((word) => word.trim());
    return [...new Set(words)]
      .filter((word) => word !== '')
      .slice(0, MOST_SLOTS)
      .map((word) => ids.rowOf(word));
  });
  const slots = lists.reduce((most, { length }) => Math.max(most, length), 1);
  const rows = new Int32Array(cells.length * slots).fill(-1);
  cells.forEach((cell, i) => rows.set(lists[cell] ?? [], i * slots));
  return { kind: 'category', rows, slots, categories: ids.ids.length };
}
