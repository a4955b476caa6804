/**
 * sums[column] += weight * value over the entries of `count` rows of a sparse matrix, up to the column `last`, in f64.
 * `rows` i32 and `weights` f32: which rows, and how much each counts; the matrix in compressed rows, columns ascending.
 */
export function addRows(
  rows: usize,
  weights: usize,
  count: i32,
  last: i32,
  indptr: usize,
  indices: usize,
  values: usize,
  sums: usize,
): void {
  for (let k: usize = 0; k < <usize>count; k++) {
    const row = <usize>load<i32>(rows + (k << 2));
    const weight = <f64>load<f32>(weights + (k << 2));
    const end = (<usize>load<i32>(indptr + (row << 2), 4)) << 2;
    for (let at = (<usize>load<i32>(indptr + (row << 2))) << 2; at < end; at += 4) {
      const column = load<i32>(indices + at);
      if (column > last) break;
      const sum = sums + ((<usize>column) << 3);
      store<f64>(sum, load<f64>(sum) + weight * <f64>load<f32>(values + at));
    }
  }
}
