import { capacity, offer, openHeap, size, worstKey } from './shared/heap';

/** Starts a search for the best `k` scores: keys f64 at `at`, indices i32 after them, in heap order. */
export function openTop(at: usize, k: i32): void {
  openHeap(at, k);
}

/**
 * Offers `count` scores, a multiple of 16, of the indices from `first` on. NaN is left out, and what has a `keep` byte
 * of 0, where `keep` is not null. Returns how many are found so far.
 */
export function offerScores(scores: usize, count: i32, first: i32, keep: usize): i32 {
  for (let i = 0; i < count; i += 16) {
    const at = scores + ((<usize>i) << 2);
    if (size == capacity) {
      // The keys are scores: exact in f32.
      const least = f32x4.splat(<f32>worstKey());
      const low = v128.or(f32x4.gt(v128.load(at), least), f32x4.gt(v128.load(at, 16), least));
      const high = v128.or(f32x4.gt(v128.load(at, 32), least), f32x4.gt(v128.load(at, 48), least));
      if (!v128.any_true(v128.or(low, high))) continue;
    }
    for (let j: usize = 0; j < 16; j++) {
      const score = load<f32>(at + (j << 2));
      if (score == score && (!keep || load<u8>(keep + <usize>i + j))) offer(<f64>score, first + i + <i32>j);
    }
  }
  return size;
}
