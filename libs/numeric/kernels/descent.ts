import { dot, sumOf } from './shared/lanes';

// Gradient steps of a biased matrix factorization over the ratings of one user, in f32; errors and biases in f64.
// Factors are rows of `bytes` / 4 floats, a multiple of 4, padded with zeros.

let items: usize = 0;
let biases: usize = 0;
let bytes: usize = 0; // of a factor
let mean: f64 = 0;
let rate: f64 = 0;
let penalty: f64 = 0;
let gain: f64 = 0;

/** `factors`: of the items, a factor each; `above`: their biases. A user's factor moves `times` as far as an item's. */
export function openDescent(factors: usize, above: usize, dims: i32, times: f64): void {
  items = factors;
  biases = above;
  bytes = (<usize>dims) << 2;
  gain = times;
}

export function setSteps(center: f64, length: f64, shrinkage: f64): void {
  mean = center;
  rate = length;
  penalty = shrinkage;
}

/** Moves both factors; returns the product of the moved user's with the next item's. */
function move(factor: usize, item: usize, next: usize, step: f64): f64 {
  const keep = f32x4.splat(<f32>(1 - rate * penalty));
  const toItem = f32x4.splat(<f32>(gain * step));
  const toUser = f32x4.splat(<f32>step);
  let sum = f32x4.splat(0);
  for (let d: usize = 0; d < bytes; d += 16) {
    const a = v128.load(factor + d);
    const b = v128.load(item + d);
    const moved = f32x4.add(f32x4.mul(keep, a), f32x4.mul(toItem, b));
    v128.store(factor + d, moved);
    v128.store(item + d, f32x4.add(f32x4.mul(keep, b), f32x4.mul(toUser, a)));
    sum = f32x4.add(sum, f32x4.mul(moved, v128.load(next + d)));
  }
  return sumOf(sum);
}

/** Learns `count` > 0 ratings of a user whose factor and bias are given; returns the bias. */
export function descend(factor: usize, bias: f64, indices: usize, values: usize, count: i32): f64 {
  let item = items + <usize>load<i32>(indices) * bytes;
  let predicted = dot(factor, item, bytes);
  for (let k = 0; k < count; k++) {
    const at = (<usize>k) << 2;
    const place = biases + ((<usize>load<i32>(indices + at)) << 2);
    const above = <f64>load<f32>(place);
    const error = <f64>load<f32>(values + at) - mean - bias - above - predicted;
    bias += rate * (error - penalty * bias);
    store<f32>(place, <f32>(above + rate * (error - penalty * above)));
    const next = k + 1 < count ? items + <usize>load<i32>(indices + at + 4) * bytes : item;
    predicted = move(factor, item, next, rate * error);
    item = next;
  }
  return bias;
}
