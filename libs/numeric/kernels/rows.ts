import { dots } from './shared/lanes';

/** out[row] = row . vector, for four rows at a time of `dims` floats each: as many rows of room as a multiple of 4. */
export function multiplyRows(rows: usize, count: i32, dims: i32, vector: usize, out: usize): void {
  const bytes = (<usize>dims) << 2;
  for (let row = 0; row < count; row += 4) {
    const a = rows + <usize>row * bytes;
    v128.store(out + ((<usize>row) << 2), dots(a, a + bytes, a + 2 * bytes, a + 3 * bytes, vector, bytes));
  }
}
