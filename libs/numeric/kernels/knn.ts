import {
  ALIVE_AT,
  BLOCK_ROWS,
  blockOf,
  codesAt,
  ERROR32_AT,
  ERROR_AT,
  largest,
  LEAST_NORM,
  MOST_NORM,
  norm,
  NORM32_AT,
  NORM_AT,
  padded,
  SCALE32_AT,
  vectorAt,
} from './shared/blocks';
import { beatsWorst, capacity, emptyHeap, members, offer, openHeap, size, worstKey } from './shared/heap';

// Exact nearest neighbors over int8 codes. The scan yields integer dot products; `pick` turns them into bounds, so that
// every row whose upper bound could still enter the best k is scored exactly, in f64, from its f32 vector.

const COSINE: i32 = 0;
const EUCLIDEAN: i32 = 2;
// Covers the f64 rounding of sums of up to 2^16 terms in both the bounds and the exact scores.
const SLACK: f64 = 1e-11;
// Covers, many times over, the f32 rounding of the coarse test, for norms within these limits.
const COARSE: f64 = 1e-5;

let query: usize = 0;
let queryCodes: usize = 0;
let queryScale: f64 = 0;
let codedNorm: f64 = 0;
let queryError: f64 = 0;
let queryNorm: f64 = 0;

/** Encodes the f32 query at `at`, which is finite, to i16 at `codes`. */
export function openQuery(at: usize, codes: usize): void {
  query = at;
  queryCodes = codes;
  queryNorm = norm(at, padded);
  const top = largest(at, padded);
  // The widest codes whose dot product with 127s cannot overflow an i32.
  const limit = <f64>min<i32>(32767, 0x7fffffff / (127 * padded));
  const inverse = top > 0 ? limit / top : 0;
  queryScale = top / limit;
  let coded: f64 = 0;
  let error: f64 = 0;
  for (let i = 0; i < padded; i++) {
    const x = <f64>load<f32>(at + ((<usize>i) << 2));
    const code = min<f64>(limit, max<f64>(-limit, nearest(x * inverse)));
    store<i16>(codes + ((<usize>i) << 1), <i16>(<i32>code));
    const part = queryScale * code;
    coded += part * part;
    error += (x - part) * (x - part);
  }
  codedNorm = sqrt(coded);
  queryError = sqrt(error) + SLACK * queryNorm;
}

/** mask[row] = alive, and kept where `keep` (bytes, at least `rows` rounded up to whole blocks) is not null. */
export function maskRows(rows: i32, keep: usize, mask: usize): void {
  for (let row = 0; row < rows; row += BLOCK_ROWS) {
    const alive = blockOf(row) + ALIVE_AT;
    for (let i: usize = 0; i < 256; i += 16) {
      let bits = v128.load(alive + i);
      if (keep) bits = v128.and(bits, i8x16.ne(v128.load(keep + <usize>row + i), i8x16.splat(0)));
      v128.store(mask + <usize>row + i, bits);
    }
  }
}

function lowSum(a: v128, b: v128): v128 {
  return i32x4.add(
    i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
    i8x16.shuffle(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31),
  );
}

/** dots[row] = codes(row) . codes(query), four rows at a time; groups of four with nothing in the mask are skipped. */
export function scan(rows: i32, mask: usize, dots: usize): void {
  const end = queryCodes + <usize>padded * 2;
  for (let row = 0; row < rows; row += 4) {
    if (!load<u32>(mask + <usize>row)) continue;
    let a = codesAt(row);
    let sa = i32x4.splat(0);
    let sb = i32x4.splat(0);
    let sc = i32x4.splat(0);
    let sd = i32x4.splat(0);
    for (let q = queryCodes; q < end; q += 32) {
      const low = v128.load(q);
      const high = v128.load(q, 16);
      sa = i32x4.add(sa, i32x4.dot_i16x8_s(v128.load8x8_s(a), low));
      sa = i32x4.add(sa, i32x4.dot_i16x8_s(v128.load8x8_s(a, 8), high));
      sb = i32x4.add(sb, i32x4.dot_i16x8_s(v128.load8x8_s(a, 16), low));
      sb = i32x4.add(sb, i32x4.dot_i16x8_s(v128.load8x8_s(a, 24), high));
      sc = i32x4.add(sc, i32x4.dot_i16x8_s(v128.load8x8_s(a, 32), low));
      sc = i32x4.add(sc, i32x4.dot_i16x8_s(v128.load8x8_s(a, 40), high));
      sd = i32x4.add(sd, i32x4.dot_i16x8_s(v128.load8x8_s(a, 48), low));
      sd = i32x4.add(sd, i32x4.dot_i16x8_s(v128.load8x8_s(a, 56), high));
      a += 64;
    }
    const ab = lowSum(sa, sb);
    const cd = lowSum(sc, sd);
    const left = i8x16.shuffle(ab, cd, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    const right = i8x16.shuffle(ab, cd, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    v128.store(dots + ((<usize>row) << 2), i32x4.add(left, right));
  }
}

/** What the row's key is at most, when `margin` is 1; about what it is, when 0. */
function bound(row: i32, dot: i32, metric: i32, margin: f64): f64 {
  const at = blockOf(row) + ((<usize>(row & 255)) << 3);
  const length = load<f64>(at + NORM_AT);
  const middle = <f64>dot * load<f64>(at) * queryScale;
  const most = middle + margin * (codedNorm * load<f64>(at + ERROR_AT) + queryError * length);
  if (metric == COSINE) return length > 0 ? most / length : 0;
  if (metric == EUCLIDEAN) {
    const squares = queryNorm * queryNorm + length * length;
    return 2 * most - squares + margin * SLACK * squares;
  }
  return most;
}

function low(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
}

function exactDot(vector: usize): f64 {
  let s = f64x2.splat(0);
  let t = f64x2.splat(0);
  const end = (<usize>padded) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const x = v128.load(vector + i);
    const q = v128.load(query + i);
    s = f64x2.add(s, f64x2.mul(low(x), low(q)));
    t = f64x2.add(t, f64x2.mul(high(x), high(q)));
  }
  const sum = f64x2.add(s, t);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

function exactSquares(vector: usize): f64 {
  let s = f64x2.splat(0);
  let t = f64x2.splat(0);
  const end = (<usize>padded) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const x = v128.load(vector + i);
    const q = v128.load(query + i);
    const a = f64x2.sub(low(x), low(q));
    const b = f64x2.sub(high(x), high(q));
    s = f64x2.add(s, f64x2.mul(a, a));
    t = f64x2.add(t, f64x2.mul(b, b));
  }
  const sum = f64x2.add(s, t);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Key of a row: higher is nearer. Dot product; that over the row's norm (cosine x |query|); minus squared distance. */
function exact(row: i32, metric: i32): f64 {
  const vector = vectorAt(row);
  if (metric == EUCLIDEAN) return -exactSquares(vector);
  const dot = exactDot(vector);
  if (metric != COSINE) return dot;
  const length = load<f64>(blockOf(row) + ((<usize>(row & 255)) << 3) + NORM_AT);
  return length > 0 ? dot / length : 0;
}

// The coarse test of four rows at once, in f32: can the row's key reach the worst in the heap? Multiplied out for each
// metric so that no division is needed:  dot + errorFactor * error + normFactor * norm + squareFactor * norm^2 + rest >= 0.
let errorFactor: f64 = 0;
let normFactor: f64 = 0;
let squareFactor: f64 = 0;
let rest: f64 = 0;

/** `margin` 1: never fails a row that could enter the heap. `margin` 0: compares estimates. */
function openCoarse(metric: i32, margin: f64): void {
  const worst = worstKey();
  errorFactor = margin * codedNorm * (1 + COARSE);
  normFactor = margin * (queryError + COARSE * queryNorm);
  squareFactor = 0;
  rest = -worst + margin * COARSE * abs(worst);
  if (metric == COSINE) {
    normFactor -= worst;
    rest = 0;
  } else if (metric == EUCLIDEAN) {
    const squares = queryNorm * queryNorm;
    squareFactor = -0.5 * (1 - margin * COARSE);
    rest = -0.5 * (squares + worst) + margin * COARSE * (squares - worst);
  }
  if (queryNorm < LEAST_NORM || queryNorm > MOST_NORM || !(abs(rest) < 1e30)) rest = NaN;
}

/** Bit i is 0 when the coarse test rules row + i out. NaN, which no comparison holds for, rules nothing out. */
function coarse(row: i32, dots: usize): i32 {
  const at = blockOf(row) + ((<usize>(row & 255)) << 2);
  const norms = v128.load(at + NORM32_AT);
  const scaled = f32x4.mul(f32x4.convert_i32x4_s(v128.load(dots + ((<usize>row) << 2))), f32x4.splat(<f32>queryScale));
  let sum = f32x4.mul(scaled, v128.load(at + SCALE32_AT));
  sum = f32x4.add(sum, f32x4.mul(v128.load(at + ERROR32_AT), f32x4.splat(<f32>errorFactor)));
  sum = f32x4.add(sum, f32x4.mul(norms, f32x4.splat(<f32>normFactor)));
  sum = f32x4.add(sum, f32x4.mul(f32x4.mul(norms, norms), f32x4.splat(<f32>squareFactor)));
  sum = f32x4.add(sum, f32x4.splat(<f32>rest));
  return ~i32x4.bitmask(f32x4.lt(sum, f32x4.splat(0))) & 15;
}

/** Offers every masked row that may enter the heap: by estimate, or by exact key when `margin` is 1. */
function offerAll(rows: i32, metric: i32, mask: usize, dots: usize, margin: f64): void {
  if (size == capacity) openCoarse(metric, margin);
  for (let row = 0; row < rows; row += 4) {
    if (!load<u32>(mask + <usize>row)) continue;
    let open = size < capacity ? 15 : coarse(row, dots);
    for (; open; open &= open - 1) {
      const one = row + ctz(open);
      if (!load<u8>(mask + <usize>one)) continue;
      let key = bound(one, load<i32>(dots + ((<usize>one) << 2)), metric, margin);
      if (margin != 0) {
        if (!beatsWorst(key, one)) continue;
        key = exact(one, metric);
        rescored++;
      }
      offer(key, one);
      if (size == capacity) openCoarse(metric, margin);
    }
  }
}

/**
 * The exact best `k` masked rows: f64 keys at `heap`, i32 rows after them, in heap order; returns how many.
 * First the best k by estimate are scored exactly, which gives a threshold; then every other row whose bound passes it.
 * Clears the mask of the rows it scores. `seeds` has room for k i32.
 */
export function pick(rows: i32, k: i32, metric: i32, mask: usize, dots: usize, heap: usize, seeds: usize): i32 {
  openHeap(heap, k);
  offerAll(rows, metric, mask, dots, 0);
  const count = size;
  memory.copy(seeds, members, (<usize>count) << 2);
  emptyHeap();
  for (let i = 0; i < count; i++) {
    const row = load<i32>(seeds + ((<usize>i) << 2));
    store<u8>(mask + <usize>row, 0);
    offer(exact(row, metric), row);
  }
  if (count == k) offerAll(rows, metric, mask, dots, 1);
  return size;
}

let rescored: i32 = 0;

/** How many rows beyond the first k were scored exactly since the instance was made. */
export function rescoredRows(): i32 {
  return rescored;
}
