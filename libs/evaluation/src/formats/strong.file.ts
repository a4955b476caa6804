import { DataFileError } from './evaluation.errors.js';
import { IdRows } from './id-rows.js';
import { readTable } from './table.file.js';

/** Which users a model may learn from, and what it is asked of the others. */
export const STRONG_SPLITS = ['train', 'val_in', 'val_out', 'test_in', 'test_out'] as const;
export type StrongSplit = (typeof STRONG_SPLITS)[number];

/** Users' items of each split, by rows. */
export interface StrongData {
  readonly itemIds: readonly string[];
  /** Of the users to learn from. */
  readonly train: readonly Int32Array[];
  readonly validation: readonly HeldUser[];
  readonly test: readonly HeldUser[];
}

/** A user a model never saw: what it is told of them, and what it should find. */
export interface HeldUser {
  readonly known: Int32Array;
  readonly wanted: Int32Array;
}

/** Reads a table with `user`, `item` and `split`, which is one of `STRONG_SPLITS`. Throws DataFileError. */
export async function readStrong(files: readonly string[]): Promise<StrongData> {
  const items = new IdRows();
  const users = new Map(STRONG_SPLITS.map((split) => [split as string, new Map<string, Set<number>>()]));
  for (const file of files) {
    await readTable(file, { required: ['user', 'item', 'split'] }, ([user, item, split], line) => {
      const found = users.get(split!);
      if (found === undefined) throw unknownSplit(file, line, split!);
      const row = items.rowOf(item!);
      const known = found.get(user!);
      if (known === undefined) found.set(user!, new Set([row]));
      else known.add(row);
    });
  }
  const heldOut = (known: StrongSplit, wanted: StrongSplit): HeldUser[] =>
    [...users.get(known)!].flatMap(([user, rows]) => {
      const out = users.get(wanted)!.get(user);
      return out === undefined ? [] : [{ known: Int32Array.from(rows), wanted: Int32Array.from(out) }];
    });
  const data = {
    itemIds: items.ids,
    train: [...users.get('train')!.values()].map((rows) => Int32Array.from(rows)),
    validation: heldOut('val_in', 'val_out'),
    test: heldOut('test_in', 'test_out'),
  };
  for (const [name, { length }] of Object.entries({ train: data.train, validation: data.validation, test: data.test }))
    if (length === 0)
      throw new DataFileError(
        `${files.join(', ')}: no user to use for ${name}`,
        `Give rows of every split: ${STRONG_SPLITS.join(', ')}.`,
      );
  return data;
}

function unknownSplit(file: string, line: number, split: string): DataFileError {
  return new DataFileError(`${file}:${line}: '${split}' is no split`, `Use one of ${STRONG_SPLITS.join(', ')}.`);
}
