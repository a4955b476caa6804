/** Cases described by fields: who is shown what, where and when. */
export interface ClickCases {
  readonly fields: readonly ClickField[];
  /** How many cases there are. */
  readonly count: number;
}

/** Cases of which it is known whether they were clicked, bought or liked. */
export interface ClickData extends ClickCases {
  /** 1 yes, 0 no [count]. */
  readonly labels: Uint8Array;
}

export type ClickField = CategoryField | NumberField;

/** Something out of a vocabulary, such as a user, a device, an hour, or several genres. */
export interface CategoryField {
  readonly kind: 'category';
  /** Numbers into the vocabulary [count × slots], case after case; −1 where there is none. */
  readonly rows: Int32Array;
  /** Categories that a case can have, >= 1. */
  readonly slots: number;
  /** Size of the vocabulary: rows are below. */
  readonly categories: number;
}

/** A quantity, such as an age or a price. */
export interface NumberField {
  readonly kind: 'number';
  /** [count]; NaN where it is not known. */
  readonly values: Float32Array;
}

/** Throws RangeError for columns that do not fit each other, rows outside the vocabulary, numbers without end. */
export function checkCases({ fields, count }: ClickCases): void {
  if (fields.length === 0) throw new RangeError('there are no fields');
  fields.forEach((field, at) => {
    const length = field.kind === 'number' ? field.values.length : field.rows.length / field.slots;
    if (length !== count) throw new RangeError(`field ${at} has ${length} values for ${count} cases`);
    if (field.kind === 'number') {
      const bad = field.values.find((value) => Math.abs(value) === Infinity);
      if (bad !== undefined) throw new RangeError(`field ${at} has the value ${bad}`);
    } else {
      const bad = field.rows.find((row) => !(row >= -1 && row < field.categories));
      if (bad !== undefined) throw new RangeError(`field ${at}: row ${bad} is not below ${field.categories}`);
    }
  });
}

/** Throws RangeError for what nothing can be learned from, and as `checkCases`. */
export function checkClicks(data: ClickData): void {
  checkCases(data);
  const { labels, count } = data;
  if (labels.length !== count) throw new RangeError(`${labels.length} labels for ${count} cases`);
  const bad = labels.find((label) => label > 1);
  if (bad !== undefined) throw new RangeError(`label ${bad} is neither 0 nor 1`);
  const yes = labels.reduce((sum, label) => sum + label, 0);
  if (yes === 0 || yes === count)
    throw new RangeError(`${yes} of ${count} cases are positive: there is nothing to tell`);
}
