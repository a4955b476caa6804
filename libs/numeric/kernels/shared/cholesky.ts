import { sumOf } from './lanes';
import { tile } from './tile';

// Cholesky factors of matrices [dims x dims], dims a multiple of 8, packed as matrix[group][k][8]: rows 8 group..
// 8 group + 7, column k. Only the lower triangle is read and written.

// A pivot below this share of its diagonal entry is what f32 rounding leaves of zero.
const SMALLEST_PIVOT: f32 = 5e-7;

/** Where eight rows of a column lie. */
export function column(matrix: usize, dims: i32, group: i32, k: i32): usize {
  return matrix + ((<usize>(group * dims + k)) << 5);
}

/** matrix = its Cholesky factor L, eight columns at a time; inverses = 1 / its diagonal [dims]. */
export function factorize(matrix: usize, dims: i32, inverses: usize): void {
  const groups = dims >> 3;
  for (let block = 0; block < groups; block++) {
    const first = block << 3;
    const own = column(matrix, dims, block, 0);
    const diagonal = column(matrix, dims, block, first);
    for (let i = 0; i < 8; i++) store<f32>(inverses + ((<usize>(first + i)) << 2), load<f32>(diagonal + <usize>i * 36));
    for (let g = block; g < groups; g++) {
      const rows = column(matrix, dims, g, 0);
      tile(own, 32, rows, first, column(matrix, dims, g, first), 32);
      tile(own + 16, 32, rows, first, column(matrix, dims, g, first + 4), 32);
    }
    factorizeDiagonal(diagonal, inverses + ((<usize>first) << 2));
    for (let g = block + 1; g < groups; g++)
      reduce(diagonal, column(matrix, dims, g, first), inverses + ((<usize>first) << 2));
  }
}

/** Lower triangle of 8 x 8, column after column; `pivots`: the diagonal before any update, then 1 / pivots. */
function factorizeDiagonal(block: usize, pivots: usize): void {
  for (let c: usize = 0; c < 8; c++) {
    const at = block + (c << 5);
    const square = load<f32>(at + (c << 2));
    const inverse: f32 = square > SMALLEST_PIVOT * load<f32>(pivots + (c << 2)) ? 1 / sqrt<f32>(square) : 0;
    store<f32>(pivots + (c << 2), inverse);
    for (let r = c + 1; r < 8; r++) store<f32>(at + (r << 2), load<f32>(at + (r << 2)) * inverse);
    for (let j = c + 1; j < 8; j++) {
      const to = block + (j << 5);
      const factor = load<f32>(at + (j << 2));
      for (let r = j; r < 8; r++)
        store<f32>(to + (r << 2), load<f32>(to + (r << 2)) - factor * load<f32>(at + (r << 2)));
    }
  }
}

/** Eight columns of a group below the diagonal: rows * inverse of the diagonal block's transpose. */
function reduce(block: usize, rows: usize, pivots: usize): void {
  for (let c: usize = 0; c < 8; c++) {
    let low = v128.load(rows + (c << 5));
    let high = v128.load(rows + (c << 5), 16);
    for (let k: usize = 0; k < c; k++) {
      const s = v128.load32_splat(block + (k << 5) + (c << 2));
      low = f32x4.sub(low, f32x4.mul(s, v128.load(rows + (k << 5))));
      high = f32x4.sub(high, f32x4.mul(s, v128.load(rows + (k << 5), 16)));
    }
    const inverse = v128.load32_splat(pivots + (c << 2));
    v128.store(rows + (c << 5), f32x4.mul(low, inverse));
    v128.store(rows + (c << 5), f32x4.mul(high, inverse), 16);
  }
}

/** x = inverse of L * x */
export function substitute(matrix: usize, dims: i32, inverses: usize, x: usize): void {
  const groups = dims >> 3;
  for (let block = 0; block < groups; block++) {
    const at = x + ((<usize>block) << 5);
    for (let c: usize = 0; c < 8; c++) {
      const from = column(matrix, dims, block, (block << 3) + <i32>c);
      const z = load<f32>(at + (c << 2)) * load<f32>(inverses + ((<usize>block) << 5) + (c << 2));
      store<f32>(at + (c << 2), z);
      for (let r = c + 1; r < 8; r++)
        store<f32>(at + (r << 2), load<f32>(at + (r << 2)) - z * load<f32>(from + (r << 2)));
    }
    for (let g = block + 1; g < groups; g++) {
      const from = column(matrix, dims, g, block << 3);
      const to = x + ((<usize>g) << 5);
      let low = v128.load(to);
      let high = v128.load(to, 16);
      for (let c: usize = 0; c < 8; c++) {
        const s = v128.load32_splat(at + (c << 2));
        low = f32x4.sub(low, f32x4.mul(s, v128.load(from + (c << 5))));
        high = f32x4.sub(high, f32x4.mul(s, v128.load(from + (c << 5), 16)));
      }
      v128.store(to, low);
      v128.store(to, high, 16);
    }
  }
}

/** x = inverse of the transpose of L * x */
export function substituteBack(matrix: usize, dims: i32, inverses: usize, x: usize): void {
  const groups = dims >> 3;
  for (let i = dims - 1; i >= 0; i--) {
    const block = i >> 3;
    let sum = f32x4.splat(0);
    for (let g = block + 1; g < groups; g++) {
      const from = column(matrix, dims, g, i);
      const other = x + ((<usize>g) << 5);
      sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load(other)));
      sum = f32x4.add(sum, f32x4.mul(v128.load(from, 16), v128.load(other, 16)));
    }
    const from = column(matrix, dims, block, i);
    const at = x + ((<usize>block) << 5);
    let rest = load<f32>(at + ((<usize>(i & 7)) << 2)) - <f32>sumOf(sum);
    for (let r = <usize>(i & 7) + 1; r < 8; r++) rest -= load<f32>(from + (r << 2)) * load<f32>(at + (r << 2));
    store<f32>(at + ((<usize>(i & 7)) << 2), rest * load<f32>(inverses + ((<usize>i) << 2)));
  }
}
