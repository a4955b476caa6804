import { WorstFirst } from './top-k.heap.js';
import { FIRST_FREE_BYTE, kernelsRun } from './wasm.kernels.js';
import { scratchKernels } from './wasm.scratch.js';

/** Fewer scores take no longer here than copying them does; more of the best are sorted here. */
const LEAST_SCORES = 1024;
const MOST_WANTED = 1024;
/** Scores copied in at a time, a multiple of 16. */
const PIECE = 2 ** 14;

/**
 * Indices of the `k` highest scores, best first; equal scores in index order. NaN is never chosen, nor an index whose
 * `keep` byte is 0 or missing. Fewer than `k` come back when fewer qualify. O(n + k log k log(n/k)) on random input.
 */
export function topK(scores: ArrayLike<number>, k: number, keep?: Uint8Array): Uint32Array {
  const size = Math.min(Math.max(0, Math.floor(k)), scores.length);
  if (size === 0) return new Uint32Array(0);
  if (scores instanceof Float32Array && scores.length >= LEAST_SCORES && size <= MOST_WANTED && kernelsRun())
    return pickInKernel(scores, size, keep);
  const heap = new WorstFirst(size);
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    // False for NaN. An equal score loses to the lower index, which is already inside.
    if (!(score > heap.threshold) && !(heap.filling && score === -Infinity)) continue;
    if (keep !== undefined && !keep[index]) continue;
    heap.offer(score, index);
  }
  return heap.bestFirst();
}

function pickInKernel(scores: Float32Array, k: number, keep: Uint8Array | undefined): Uint32Array {
  const heapAt = FIRST_FREE_BYTE;
  const scoresAt = Math.ceil((heapAt + k * 12) / 16) * 16;
  const keepAt = scoresAt + PIECE * 4;
  const { memory, kernels } = scratchKernels(keepAt + PIECE);
  const piece = new Float32Array(memory.buffer, scoresAt, PIECE);
  const kept = new Uint8Array(memory.buffer, keepAt, PIECE);
  kernels.openTop(heapAt, k);
  let found = 0;
  for (let first = 0; first < scores.length; first += PIECE) {
    const count = Math.min(PIECE, scores.length - first);
    const padded = Math.ceil(count / 16) * 16;
    piece.set(scores.subarray(first, first + count));
    piece.fill(NaN, count, padded);
    if (keep !== undefined) kept.fill(0).set(keep.subarray(first, first + count));
    found = kernels.offerScores(scoresAt, padded, first, keep === undefined ? 0 : keepAt);
  }
  const keys = new Float64Array(memory.buffer, heapAt, found);
  const members = new Uint32Array(memory.buffer, heapAt + k * 8, found);
  const order = Array.from(members.keys()).sort((a, b) => keys[b]! - keys[a]! || members[a]! - members[b]!);
  return Uint32Array.from(order, (slot) => members[slot]!);
}
