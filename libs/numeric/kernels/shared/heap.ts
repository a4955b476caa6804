// The best pairs of a key and a row: a heap with its worst member (lowest key, then highest row) at slot 0.

let keys: usize = 0;
export let members: usize = 0;
export let capacity: i32 = 0;
export let size: i32 = 0;

/** An empty heap of at most `k` pairs: keys f64 at `at`, rows i32 after them. */
export function openHeap(at: usize, k: i32): void {
  keys = at;
  members = at + ((<usize>k) << 3);
  capacity = k;
  size = 0;
}

export function emptyHeap(): void {
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

export function worstKey(): f64 {
  return keyOf(0);
}

/** Whether a pair is better than the worst of a full heap. */
export function beatsWorst(key: f64, row: i32): bool {
  return worse(keyOf(0), memberOf(0), key, row);
}

/** Keeps the best `capacity` pairs. */
export function offer(key: f64, row: i32): void {
  if (size < capacity) rise(key, row);
  else if (beatsWorst(key, row)) sink(key, row);
}
