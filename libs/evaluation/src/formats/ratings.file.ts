import { DataFileError } from './evaluation.errors.js';
import { IdRows } from './id-rows.js';
import { readTable } from './table.file.js';

/** Ratings in columns of equal length, as a file has them. */
export interface RatingData {
  readonly userIds: readonly string[];
  readonly itemIds: readonly string[];
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly values: Float32Array;
  /** Test fold of each; −1 is in none. Undefined where the file has no folds. */
  readonly folds: Int32Array | undefined;
}

/** Reads a table with `user`, `item`, `rating` and perhaps `fold`. Throws DataFileError, also for a rating that is no number. */
export async function readRatings(files: readonly string[]): Promise<RatingData> {
  const users = new IdRows();
  const items = new IdRows();
  const columns = { users: [] as number[], items: [] as number[], values: [] as number[], folds: [] as number[] };
  for (const file of files) {
    await readTable(file, { required: ['user', 'item', 'rating'], optional: ['fold'] }, (cells, line) => {
      const [user, item, rating, fold] = cells as readonly [string, string, string, string];
      const value = Math.fround(Number(rating));
      if (!Number.isFinite(value))
        throw new DataFileError(`${file}:${line}: '${rating}' is no rating`, 'Give a number, or leave the row out.');
      if (fold !== '' && !/^-?\d{1,9}$/.test(fold))
        throw new DataFileError(`${file}:${line}: '${fold}' is no fold`, 'Number test folds from 0; -1 is in none.');
      columns.users.push(users.rowOf(user));
      columns.items.push(items.rowOf(item));
      columns.values.push(value);
      if (fold !== '') columns.folds.push(Number(fold));
    });
  }
  const { length } = columns.values;
  if (length === 0) throw new DataFileError(`${files.join(', ')}: no rating in it`, 'Give rows user, item, rating.');
  const without = length - columns.folds.length;
  if (without > 0 && without < length)
    throw new DataFileError(
      `${files.join(', ')}: ${without} ratings of ${length} have no fold`,
      'Give all a fold, or none.',
    );
  return {
    userIds: users.ids,
    itemIds: items.ids,
    users: Int32Array.from(columns.users),
    items: Int32Array.from(columns.items),
    values: Float32Array.from(columns.values),
    folds: without === 0 ? Int32Array.from(columns.folds) : undefined,
  };
}
