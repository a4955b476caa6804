import type { ClickData, ClickField } from '@attune/algorithms';
import { DataFileError } from '../formats/evaluation.errors.js';
import { readClicks, type ClickTable } from '../formats/clicks.file.js';
import type { Owners } from '../metrics/owner.resamples.js';
import { ownersOf } from './case.owners.js';

/** Cases to learn from, to choose by, and to report of. */
export interface ClickTask {
  readonly learned: ClickData;
  readonly validation: HeldClicks;
  /** What was learned and validated by, together: what the test is told by. */
  readonly known: ClickData;
  readonly test: HeldClicks;
  readonly data: { readonly users: number; readonly items: number; readonly interactions: number };
  readonly notes: readonly string[];
}

/** Cases that figures are told of. */
export interface HeldClicks extends ClickData {
  /** Whose they are: users, where the files name those. */
  readonly owners: Owners;
}

const TEST_SHARE = 0.2;
const VALIDATION_SHARE = 0.1;
const LEAST_CASES = 20;

/**
 * The last fifth of the cases by time is the test, the tenth before it validation; cases of one moment stay together, in the
 * earlier part. Where the file has a column `split`, that says. Throws DataFileError, also where a part has only positive or
 * only negative cases.
 */
export async function openClicks(files: readonly string[]): Promise<ClickTask> {
  const table = await readClicks(files);
  const { cases, userRows, users, items } = table;
  if (cases.count < LEAST_CASES)
    throw new DataFileError(`${files.join(', ')}: ${cases.count} cases are too few`, `Give at least ${LEAST_CASES}.`);
  const [learned, validation, test] = partsOf(table);
  const held = (rows: readonly number[]): HeldClicks => ({
    ...picked(cases, rows),
    owners: ownersOf(rows.map((i) => userRows?.[i] ?? -1)),
  });
  const told = { train: learned, val: validation, test };
  for (const [part, rows] of Object.entries(told))
    assertBoth(
      rows.map((i) => cases.labels[i]!),
      part,
      files,
    );
  return {
    learned: picked(cases, learned),
    validation: held(validation),
    known: picked(cases, [...learned, ...validation]),
    test: held(test),
    data: { users, items, interactions: cases.count },
    notes: [
      ...(table.times === undefined && table.parts === undefined
        ? ['no column time: the order is that of the rows']
        : []),
      ...(users > 0 ? [] : ['no column user: intervals take each case as somebody else’s']),
    ],
  };
}

type Parts = readonly [learned: readonly number[], validation: readonly number[], test: readonly number[]];

/** Rows of each part, oldest first. */
function partsOf({ cases, times, parts }: ClickTable): Parts {
  const all = [...cases.labels.keys()];
  const order = times === undefined ? all : all.sort((a, b) => times[a]! - times[b]!);
  if (parts !== undefined) {
    const rowsOf = (part: string): readonly number[] => order.filter((i) => parts[i] === part);
    return [rowsOf('train'), rowsOf('val'), rowsOf('test')];
  }
  const moments = order.map((i, at) => times?.[i] ?? at);
  const test = nextMoment(moments, Math.round(order.length * (1 - TEST_SHARE)));
  const validation = nextMoment(moments, Math.round(order.length * (1 - TEST_SHARE - VALIDATION_SHARE)));
  return [order.slice(0, validation), order.slice(validation, test), order.slice(test)];
}

/** The first place from `at` on that is later than the one before it. */
function nextMoment(moments: readonly number[], at: number): number {
  let place = at;
  while (place < moments.length && moments[place] === moments[place - 1]) place++;
  return place;
}

function assertBoth(labels: readonly number[], part: string, files: readonly string[]): void {
  const yes = labels.filter((label) => label === 1).length;
  if (yes === 0 || yes === labels.length)
    throw new DataFileError(
      `${files.join(', ')}: ${yes} of the ${labels.length} cases for ${part} are positive`,
      'Give more cases, positive and negative ones in each part, and of several moments.',
    );
}

const picked = ({ fields, labels }: ClickData, rows: readonly number[]): ClickData => ({
  fields: fields.map((field) => pickedField(field, rows)),
  count: rows.length,
  labels: Uint8Array.from(rows, (i) => labels[i]!),
});

function pickedField(field: ClickField, rows: readonly number[]): ClickField {
  if (field.kind === 'number') return { ...field, values: Float32Array.from(rows, (i) => field.values[i]!) };
  const { slots } = field;
  const kept = new Int32Array(rows.length * slots);
  rows.forEach((from, to) => kept.set(field.rows.subarray(from * slots, (from + 1) * slots), to * slots));
  return { ...field, rows: kept };
}
