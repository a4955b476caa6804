// The inner product that all dense kernels share. Panels are packed in groups of eight rows: panel[group][k][8].

/** tile[r][0..7] -= sum over k of scalars[k][r] * vectors[k][0..7], r = 0..3. Strides in bytes. */
export function tile(scalars: usize, step: usize, vectors: usize, depth: i32, out: usize, stride: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  const end = vectors + ((<usize>depth) << 5);
  while (vectors < end) {
    const x = v128.load(vectors);
    const y = v128.load(vectors, 16);
    let s = v128.load32_splat(scalars);
    a0 = f32x4.add(a0, f32x4.mul(s, x));
    a1 = f32x4.add(a1, f32x4.mul(s, y));
    s = v128.load32_splat(scalars, 4);
    b0 = f32x4.add(b0, f32x4.mul(s, x));
    b1 = f32x4.add(b1, f32x4.mul(s, y));
    s = v128.load32_splat(scalars, 8);
    c0 = f32x4.add(c0, f32x4.mul(s, x));
    c1 = f32x4.add(c1, f32x4.mul(s, y));
    s = v128.load32_splat(scalars, 12);
    d0 = f32x4.add(d0, f32x4.mul(s, x));
    d1 = f32x4.add(d1, f32x4.mul(s, y));
    vectors += 32;
    scalars += step;
  }
  v128.store(out, f32x4.sub(v128.load(out), a0));
  v128.store(out, f32x4.sub(v128.load(out, 16), a1), 16);
  out += stride;
  v128.store(out, f32x4.sub(v128.load(out), b0));
  v128.store(out, f32x4.sub(v128.load(out, 16), b1), 16);
  out += stride;
  v128.store(out, f32x4.sub(v128.load(out), c0));
  v128.store(out, f32x4.sub(v128.load(out, 16), c1), 16);
  out += stride;
  v128.store(out, f32x4.sub(v128.load(out), d0));
  v128.store(out, f32x4.sub(v128.load(out, 16), d1), 16);
}
