// Exact nearest neighbors over int8 codes. Rows live in blocks of BLOCK_ROWS:
//   scale f64[256] | error f64[256] | norm f64[256] | the same three as f32[256] | alive u8[256] |
//   codes i8[256 x padded] | vectors f32[256 x padded]
// Codes of four neighboring rows are interleaved by 16 dims, one cache line a step, so that the scan reads one stream.
// A row x is scale * codes + e with |e| = error. The scan yields integer dot products; `pick` turns them into bounds,
// so that every row whose upper bound could still enter the best k is scored exactly, in f64, from its f32 vector.
// knn.index.ts repeats BLOCK_ROWS and the bytes before the codes.

const BLOCK_ROWS: i32 = 256;
const ERROR_AT: usize = 2048;
const NORM_AT: usize = 4096;
const SCALE32_AT: usize = 6144;
const ERROR32_AT: usize = 7168;
const NORM32_AT: usize = 8192;
const ALIVE_AT: usize = 9216;
const CODES_AT: usize = 9472;
const COSINE: i32 = 0;
const EUCLIDEAN: i32 = 2;
// Covers the f64 rounding of sums of up to 2^16 terms in both the bounds and the exact scores.
const SLACK: f64 = 1e-11;
// Covers, many times over, the f32 rounding of the coarse test, for norms within these limits.
const COARSE: f64 = 1e-5;
const LEAST_NORM: f64 = 1e-15;
const MOST_NORM: f64 = 1e15;

let blocks: usize = 0;
let blockBytes: usize = 0;
let padded: i32 = 0;

export function openIndex(first: usize, dims: i32): void {
  blocks = first;
  padded = dims;
  blockBytes = CODES_AT + <usize>BLOCK_ROWS * 5 * <usize>dims;
}

function blockOf(row: i32): usize {
  return blocks + <usize>(row >> 8) * blockBytes;
}

export function vectorAt(row: i32): usize {
  return blockOf(row) + CODES_AT + <usize>BLOCK_ROWS * <usize>padded + <usize>(row & 255) * <usize>padded * 4;
}

/** First 16 codes of the row; the next 16 are 64 bytes on. */
function codesAt(row: i32): usize {
  const slot = <usize>(row & 255);
  return blockOf(row) + CODES_AT + (slot & ~3) * <usize>padded + ((slot & 3) << 4);
}

/** Euclidean norm of `n` floats, in f64: finite exactly when every float is. */
function norm(at: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) {
    const x = <f64>load<f32>(at + ((<usize>i) << 2));
    sum += x * x;
  }
  return sqrt(sum);
}

function largest(at: usize, n: i32): f64 {
  let best = f32x4.splat(0);
  for (let i = 0; i < n; i += 4) best = f32x4.max(best, f32x4.abs(v128.load(at + ((<usize>i) << 2))));
  const low = max(f32x4.extract_lane(best, 0), f32x4.extract_lane(best, 1));
  return <f64>max(low, max(f32x4.extract_lane(best, 2), f32x4.extract_lane(best, 3)));
}

/** Encodes the f32 vector already written at vectorAt(row); false, and the row left out, when it is not finite. */
export function encodeRow(row: i32): bool {
  const block = blockOf(row);
  const slot = <usize>(row & 255);
  const vector = vectorAt(row);
  const codes = codesAt(row);
  const length = norm(vector, padded);
  if (!(length < Infinity)) {
    store<u8>(block + ALIVE_AT + slot, 0);
    return false;
  }
  const top = largest(vector, padded);
  const scale = top / 127;
  const inverse = top > 0 ? 127 / top : 0;
  let error: f64 = 0;
  for (let i = 0; i < padded; i++) {
    const x = <f64>load<f32>(vector + ((<usize>i) << 2));
    const code = min<f64>(127, max<f64>(-127, nearest(x * inverse)));
    store<i8>(codes + ((<usize>(i >> 4)) << 6) + <usize>(i & 15), <i8>(<i32>code));
    const e = x - scale * code;
    error += e * e;
  }
  store<f64>(block + (slot << 3), scale);
  store<f64>(block + ERROR_AT + (slot << 3), sqrt(error));
  store<f64>(block + NORM_AT + (slot << 3), length);
  // NaN fails every coarse test, which leaves the row to the f64 bound.
  const usual = length == 0 || (scale > LEAST_NORM && length < MOST_NORM);
  store<f32>(block + SCALE32_AT + (slot << 2), usual ? <f32>scale : NaN);
  store<f32>(block + ERROR32_AT + (slot << 2), <f32>sqrt(error));
  store<f32>(block + NORM32_AT + (slot << 2), <f32>length);
  store<u8>(block + ALIVE_AT + slot, 255);
  return true;
}

export function isAlive(row: i32): bool {
  return load<u8>(blockOf(row) + ALIVE_AT + <usize>(row & 255)) != 0;
}

export function dropRow(row: i32): void {
  store<u8>(blockOf(row) + ALIVE_AT + <usize>(row & 255), 0);
}

let query: usize = 0;
let queryCodes: usize = 0;
let queryScale: f64 = 0;
let codedNorm: f64 = 0;
let queryError: f64 = 0;
let queryNorm: f64 = 0;

/** Encodes the f32 query at `at` to i16 at `codes`; false when it is not finite. */
export function openQuery(at: usize, codes: usize): bool {
  query = at;
  queryCodes = codes;
  queryNorm = norm(at, padded);
  if (!(queryNorm < Infinity)) return false;
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
  return true;
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

let keys: usize = 0;
let members: usize = 0;
let capacity: i32 = 0;
let size: i32 = 0;

function openHeap(at: usize, k: i32): void {
  keys = at;
  members = at + ((<usize>k) << 3);
  capacity = k;
  size = 0;
}

function worse(keyA: f64, rowA: i32, keyB: f64, rowB: i32): bool {
  return keyA < keyB || (keyA == keyB && rowA > rowB);
}

function place(slot: i32, key: f64, row: i32): void {
  store<f64>(keys + ((<usize>slot) << 3), key);
  store<i32>(members + ((<usize>slot) << 2), row);
}

function keyOf(slot: i32): f64 {
  return load<f64>(keys + ((<usize>slot) << 3));
}

function memberOf(slot: i32): i32 {
  return load<i32>(members + ((<usize>slot) << 2));
}

function rise(key: f64, row: i32): void {
  let slot = size++;
  while (slot > 0) {
    const parent = (slot - 1) >> 1;
    if (!worse(key, row, keyOf(parent), memberOf(parent))) break;
    place(slot, keyOf(parent), memberOf(parent));
    slot = parent;
  }
  place(slot, key, row);
}

function sink(key: f64, row: i32): void {
  let slot = 0;
  for (;;) {
    let child = 2 * slot + 1;
    if (child >= size) break;
    if (child + 1 < size && worse(keyOf(child + 1), memberOf(child + 1), keyOf(child), memberOf(child))) child++;
    if (!worse(keyOf(child), memberOf(child), key, row)) break;
    place(slot, keyOf(child), memberOf(child));
    slot = child;
  }
  place(slot, key, row);
}

/** Keeps the best `capacity` pairs, the worst of them at slot 0. */
function offer(key: f64, row: i32): void {
  if (size < capacity) rise(key, row);
  else if (worse(keyOf(0), memberOf(0), key, row)) sink(key, row);
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
  const worst = keyOf(0);
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
        if (!worse(keyOf(0), memberOf(0), key, one)) continue;
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
  size = 0;
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
