/** The four lanes of `v`, summed in f64. */
export function sumOf(v: v128): f64 {
  const low = f64x2.promote_low_f32x4(v);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
  const pair = f64x2.add(low, high);
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** The sums over the lanes of each of four vectors. */
function sumsOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
}

/** Product of two vectors of `bytes` / 4 floats, a multiple of 4. */
export function dot(a: usize, b: usize, bytes: usize): f64 {
  const even = bytes & ~31;
  let s = f32x4.splat(0);
  let t = f32x4.splat(0);
  for (let j: usize = 0; j < even; j += 32) {
    s = f32x4.add(s, f32x4.mul(v128.load(a + j), v128.load(b + j)));
    t = f32x4.add(t, f32x4.mul(v128.load(a + j, 16), v128.load(b + j, 16)));
  }
  if (even < bytes) s = f32x4.add(s, f32x4.mul(v128.load(a + even), v128.load(b + even)));
  return sumOf(s) + sumOf(t);
}

/** Products of a vector with four others, of `bytes` / 4 floats each. */
export function dots(a: usize, b: usize, c: usize, d: usize, vector: usize, bytes: usize): v128 {
  const even = bytes & ~15;
  let sa = f32x4.splat(0);
  let sb = f32x4.splat(0);
  let sc = f32x4.splat(0);
  let sd = f32x4.splat(0);
  for (let j: usize = 0; j < even; j += 16) {
    const x = v128.load(vector + j);
    sa = f32x4.add(sa, f32x4.mul(x, v128.load(a + j)));
    sb = f32x4.add(sb, f32x4.mul(x, v128.load(b + j)));
    sc = f32x4.add(sc, f32x4.mul(x, v128.load(c + j)));
    sd = f32x4.add(sd, f32x4.mul(x, v128.load(d + j)));
  }
  for (let j = even; j < bytes; j += 4) {
    const x = v128.load32_zero(vector + j);
    sa = f32x4.add(sa, f32x4.mul(x, v128.load32_zero(a + j)));
    sb = f32x4.add(sb, f32x4.mul(x, v128.load32_zero(b + j)));
    sc = f32x4.add(sc, f32x4.mul(x, v128.load32_zero(c + j)));
    sd = f32x4.add(sd, f32x4.mul(x, v128.load32_zero(d + j)));
  }
  return sumsOf(sa, sb, sc, sd);
}
