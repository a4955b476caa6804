import { type CategoryField, checkCases, type ClickCases, type ClickField, type NumberField } from '../data/clicks.js';

/** Where fields lie in the one table of all features, as learned from data. Each field begins with its cold row. */
export interface FieldLayout {
  readonly fields: readonly PlacedField[];
  /** Rows of the table. */
  readonly rows: number;
  /** Entries of a case: the slots of all fields. */
  readonly width: number;
}

export interface PlacedField {
  /** Its cold row: what counts where nothing known is there. */
  readonly cold: number;
  readonly slots: number;
  /** Of categories: their rows; the cold row for those that were not learned from. Undefined for numbers. */
  readonly places: Int32Array | undefined;
  /** Of numbers, which are told in deviations from the mean: 0 and 1 for categories. */
  readonly mean: number;
  readonly deviation: number;
}

/** Features of cases with how much each counts [count × width], case after case. */
export interface FieldEntries {
  /** Rows of the table. */
  readonly rows: Int32Array;
  /** 0 where a slot is empty. */
  readonly values: Float32Array;
}

/** A layout for the categories and numbers that these cases have. */
export function layoutOf({ fields }: ClickCases): FieldLayout {
  const placed: PlacedField[] = [];
  let [rows, width] = [0, 0];
  for (const field of fields) {
    const { known, ...one } = placedAt(rows, field);
    placed.push(one);
    rows += 1 + known;
    width += one.slots;
  }
  return { fields: placed, rows, width };
}

/** `known`: its rows beside the cold one. */
function placedAt(cold: number, field: ClickField): PlacedField & { readonly known: number } {
  if (field.kind === 'number') return { cold, slots: 1, places: undefined, known: 1, ...standardOf(field.values) };
  const places = new Int32Array(field.categories).fill(cold);
  let next = cold + 1;
  for (const row of field.rows) if (row >= 0 && places[row] === cold) places[row] = next++;
  return { cold, slots: field.slots, places, known: next - cold - 1, mean: 0, deviation: 1 };
}

/** Mean and deviation of the numbers that are known; a deviation of 1 where all are alike. */
function standardOf(values: Float32Array): { readonly mean: number; readonly deviation: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const square = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length);
  return { mean, deviation: Math.sqrt(square) || 1 };
}

/**
 * Cases as rows of a table. Of k different known categories of a field each counts 1/√k; where none is known the cold row counts 1.
 * Numbers count in deviations from their mean, at most ten of them. Throws RangeError where the fields are not those of the
 * layout.
 */
export function entriesOf({ fields, width }: FieldLayout, cases: ClickCases): FieldEntries {
  checkCases(cases);
  if (cases.fields.length !== fields.length)
    throw new RangeError(`${cases.fields.length} fields for a model of ${fields.length}`);
  const entries = { rows: new Int32Array(cases.count * width), values: new Float32Array(cases.count * width) };
  let slot = 0;
  fields.forEach((placed, at) => {
    const field = cases.fields[at]!;
    if (field.kind === 'number' && placed.places === undefined) writeNumbers(entries, { placed, slot, width }, field);
    else if (field.kind === 'category' && field.slots === placed.slots && placed.places !== undefined)
      writeCategories(entries, { placed, slot, width }, field);
    else throw new RangeError(`field ${at} is not of the kind that the model learned`);
    slot += placed.slots;
  });
  return entries;
}

/** Where a field is written: from `slot` on in each `width` entries. */
interface Target {
  readonly placed: PlacedField;
  readonly slot: number;
  readonly width: number;
}

/** A number farther out is a sentinel such as 1e20, or as good as one: its products would drown all else, or overflow. */
const MOST_DEVIATIONS = 10;

function writeNumbers(entries: FieldEntries, { placed, slot, width }: Target, field: NumberField): void {
  const { cold } = placed;
  field.values.forEach((value, i) => {
    const isKnown = !Number.isNaN(value);
    entries.rows[i * width + slot] = isKnown ? cold + 1 : cold;
    entries.values[i * width + slot] = isKnown ? standardized(value, placed) : 1;
  });
}

const standardized = (value: number, { mean, deviation }: PlacedField): number =>
  Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, (value - mean) / deviation));

function writeCategories(entries: FieldEntries, { placed, slot, width }: Target, field: CategoryField): void {
  const { cold, slots, places } = placed;
  const { rows, values } = entries;
  for (let from = 0, first = slot; from < field.rows.length; from += slots, first += width) {
    let end = first;
    for (let i = from; i < from + slots; i++) {
      const place = placeOf(places, field.rows[i]!);
      if (place > cold && !isAmong(rows, place, first, end)) rows[end++] = place;
    }
    if (end === first) rows[end++] = cold;
    values.fill(1 / Math.sqrt(end - first), first, end);
    rows.fill(cold, end, first + slots);
  }
}

function isAmong(rows: Int32Array, place: number, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (rows[i] === place) return true;
  return false;
}

const placeOf = (places: Int32Array | undefined, row: number): number => places?.[row] ?? -1;
