import type { CategoryField, ClickCases } from '@attune/algorithms';
import { firstOf, namesOf, type CasePlan, type FieldValues, type Showing } from './case-plan.js';
import type { ClickFields, Field, Moment, ShownItem } from './click-fields.js';

/** What is shown as cases, showing after showing: the fields of `namesOf`. */
export function casesOf(plan: CasePlan, showings: readonly Showing[]): ClickCases {
  const total = showings.reduce((sum, { items }) => sum + items.length, 0);
  const columns = new Map(namesOf(plan).map((name) => [name, new Column(plan.values.get(name)!, total)]));
  const { ofMoment, ofItem, ofPlace } = withColumns(plan.fields, columns);
  let from = 0;
  for (const { moment, items, positions } of showings) {
    for (const [field, column] of ofMoment) column.fill(column.rowsOf(firstOf(field, moment)), from, items.length);
    items.forEach((item, i) => {
      for (const [field, column] of ofItem)
        column.fill(
          column.known(item.id, () => firstOf(field, item)),
          from + i,
          1,
        );
      for (const [field, column] of ofPlace)
        column.fill(column.rowsOf(firstOf(field, positions?.[i] ?? 0)), from + i, 1);
    });
    from += items.length;
  }
  return { fields: Array.from(columns.values(), ({ field }) => field), count: total };
}

type Filled<T> = readonly (readonly [Field<T>, Column])[];

function withColumns(
  { ofMoment, ofItem, ofPlace }: ClickFields,
  columns: ReadonlyMap<string, Column>,
): { readonly ofMoment: Filled<Moment>; readonly ofItem: Filled<ShownItem>; readonly ofPlace: Filled<number> } {
  const filled = <T>(fields: readonly Field<T>[]): Filled<T> =>
    fields.flatMap((field) => {
      const column = columns.get(field.name);
      return column === undefined ? [] : [[field, column] as const];
    });
  return { ofMoment: filled(ofMoment), ofItem: filled(ofItem), ofPlace: filled(ofPlace) };
}

/** One field of all cases while it is filled. */
class Column {
  readonly field: CategoryField;
  readonly #rows = new Map<string, Int32Array>();

  constructor(
    private readonly values: FieldValues,
    cases: number,
  ) {
    const { slots, vocabulary } = values;
    this.field = { kind: 'category', rows: new Int32Array(cases * slots).fill(-1), slots, categories: vocabulary.size };
  }

  rowsOf(values: readonly string[]): Int32Array {
    return Int32Array.from(values.slice(0, this.values.slots), (value) => this.values.vocabulary.row(value));
  }

  /** The rows of an item, looked up once. */
  known(id: string, valuesOf: () => readonly string[]): Int32Array {
    let rows = this.#rows.get(id);
    if (rows === undefined) this.#rows.set(id, (rows = this.rowsOf(valuesOf())));
    return rows;
  }

  fill(rows: Int32Array, from: number, cases: number): void {
    const { slots } = this.field;
    for (let i = from; i < from + cases; i++) this.field.rows.set(rows, i * slots);
  }
}
