import type { ClickData } from '@attune/algorithms';
import { clickField, type DraftField, fieldKindOf } from './click.fields.js';
import { DataFileError } from './evaluation.errors.js';
import { IdRows } from './id-rows.js';
import { momentOf } from './moment.cell.js';
import { type ColumnName, layoutOf, missingColumns, nameOf, placesOf, readRows } from './table.file.js';

/** What a case is for, where a file says so. */
const PARTS = ['train', 'val', 'test'] as const;
export type ClickPart = (typeof PARTS)[number];

/** Cases as files have them. */
export interface ClickTable {
  readonly cases: ClickData;
  /** Ms since 1970; undefined where the files have no time. */
  readonly times: readonly number[] | undefined;
  /** Undefined where the files do not say. */
  readonly parts: readonly ClickPart[] | undefined;
  /** Row of the user of each case, −1 where it has none; undefined without such a column. */
  readonly userRows: readonly number[] | undefined;
  /** How many there are; 0 without such a column. */
  readonly users: number;
  readonly items: number;
}

/** A rating from here on is a yes. */
const LIKED_FROM = 4;
/** Columns that are no fields. */
const NO_FIELDS = ['label', 'rating', 'time', 'fold', 'split', 'part', 'position'] as const satisfies ColumnName[];

/**
 * Reads a table with `label` (0 or 1), or `rating` (from 4 on: 1), and perhaps `time` and `split`; the other columns are
 * fields. Throws DataFileError, also for files with other fields than the first.
 */
export async function readClicks(files: readonly string[]): Promise<ClickTable> {
  const cases = new ClickCollector();
  for (const file of files) {
    const layout = await layoutOf(file);
    if (layout === undefined) throw missingColumns(file, ['label']);
    await readRows(file, layout, (head) => {
      const reading = cases.reading(file, head);
      return (row, line) => cases.add(row, reading, { file, line });
    });
  }
  return cases.table(files);
}

/** Where a file has what. */
interface Reading {
  readonly at: Readonly<Record<(typeof NO_FIELDS)[number], number>>;
  /** Places of the fields. */
  readonly fields: readonly number[];
}

/** Where a row begins. */
interface Place {
  readonly file: string;
  readonly line: number;
}

class ClickCollector {
  private readonly labels: number[] = [];
  private readonly times: number[] = [];
  private readonly parts: ClickPart[] = [];
  private fields: readonly (DraftField & { readonly ids: IdRows; readonly cells: number[] })[] | undefined;

  /** How rows of a file are read, by its first line. */
  reading(file: string, head: readonly string[]): Reading {
    const places = placesOf(head);
    if (!places.has('label') && !places.has('rating')) throw missingColumns(file, ['label']);
    const at = Object.fromEntries(NO_FIELDS.map((name) => [name, places.get(name) ?? -1])) as Reading['at'];
    const fields = [...head.keys()].filter((place) => !Object.values(at).includes(place));
    const names = fields.map((place) => nameOf(head[place]!));
    const double = names.find((name, i) => names.indexOf(name) < i);
    if (double !== undefined) throw new DataFileError(`${file} has two columns '${double}'`, 'Name each column once.');
    if (fields.length === 0) throw new DataFileError(`${file} has no field`, 'Give columns that tell cases apart.');
    this.fields ??= fields.map((place) => ({
      name: nameOf(head[place]!),
      declared: fieldKindOf(head[place]!),
      ids: new IdRows(),
      cells: [],
    }));
    const known = this.fields.map(({ name }) => name).join(', ');
    if (names.join(', ') !== known)
      throw new DataFileError(`${file} has the fields ${names.join(', ')}`, `Give those of the first file: ${known}.`);
    return { at, fields };
  }

  add(row: readonly string[], { at, fields }: Reading, { file, line }: Place): void {
    const place = `${file}:${line}`;
    const cell = (name: keyof Reading['at']): string => row[at[name]]?.trim() ?? '';
    this.labels.push(at.label >= 0 ? labelOf(cell('label'), place) : likedOf(cell('rating'), place));
    if (cell('time') !== '') this.times.push(momentOf(cell('time'), line, file));
    if (cell('split') !== '') this.parts.push(partOf(cell('split'), place));
    fields.forEach((from, i) => {
      const { ids, cells } = this.fields![i]!;
      const text = row[from]!.trim();
      cells.push(text === '' ? -1 : ids.rowOf(text));
    });
  }

  table(files: readonly string[]): ClickTable {
    const { labels, fields = [] } = this;
    const count = labels.length;
    if (count === 0)
      throw new DataFileError(`${files.join(', ')}: no case in it`, 'Give rows with a label and fields.');
    const some = (name: string, { length }: readonly unknown[]): boolean => {
      if (length > 0 && length < count)
        throw new DataFileError(
          `${files.join(', ')}: ${count - length} cases of ${count} have no ${name}`,
          'Give all one, or none.',
        );
      return length > 0;
    };
    const fieldOf = (column: ColumnName) => fields.find(({ name }) => placesOf([name]).has(column));
    const sizeOf = (column: ColumnName): number => fieldOf(column)?.ids.ids.length ?? 0;
    return {
      cases: {
        fields: fields.map((field) => clickField(field, field.cells, field.ids.ids)),
        count,
        labels: Uint8Array.from(labels),
      },
      times: some('time', this.times) ? this.times : undefined,
      parts: some('split', this.parts) ? this.parts : undefined,
      userRows: fieldOf('user')?.cells,
      users: sizeOf('user'),
      items: sizeOf('item'),
    };
  }
}

function labelOf(text: string, place: string): number {
  if (text === '0' || text === '1') return Number(text);
  throw new DataFileError(`${place}: '${text}' is no label`, 'Give 0 or 1, or leave the row out.');
}

function likedOf(text: string, place: string): number {
  const rating = text === '' ? NaN : Number(text);
  if (Number.isFinite(rating)) return rating >= LIKED_FROM ? 1 : 0;
  throw new DataFileError(`${place}: '${text}' is no rating`, 'Give a number, or leave the row out.');
}

function partOf(text: string, place: string): ClickPart {
  const part = PARTS.find((one) => one === text);
  if (part !== undefined) return part;
  throw new DataFileError(`${place}: '${text}' is no split`, `Give one of ${PARTS.join(', ')}.`);
}
