import type { RowSums } from './factor-pair.js';
import type { Kernels } from './wasm.kernels.js';

/** Parts of a piece, a power of 2: so many for one thread, too, since sums are added by parts. */
const PARTS = 16;
/** A part takes some milliseconds. */
const LOST_MS = 60_000;

/** Rows to be solved, by addresses in the kernels' memory: arguments of `solveRows`. */
export interface RowJob {
  readonly own: number;
  readonly others: number;
  readonly offsets: number;
  readonly indices: number;
  readonly values: number;
  readonly ridges: number;
  readonly steps: number;
}

// Places in the buffer. The first three only grow: the nth part of all is part n % PARTS of its job.
const [TAKEN, PUT, DONE, SIGNAL, CLOSED, FAILED] = [0, 1, 2, 3, 4, 5] as const;
const JOB = 6;
const BOUNDS = JOB + 7;
const SUMS_BYTE = Math.ceil((BOUNDS + PARTS + 1) / 2) * 8;

/** The parts of one piece of rows, which threads take one after the other until none is left. */
export class RowQueue {
  private readonly state: Int32Array;
  /** What the rows of each part explain, then their penalties. */
  private readonly sums: Float64Array;

  /** @param buffer that of the queue which another thread has made */
  constructor(readonly buffer = new SharedArrayBuffer(SUMS_BYTE + PARTS * 16)) {
    this.state = new Int32Array(buffer, 0, BOUNDS + PARTS + 1);
    this.sums = new Float64Array(buffer, SUMS_BYTE);
  }

  /**
   * Offers rows, after those before are finished.
   * @param offsets as of `RowPiece`
   * @param weight what a row costs beside its entries, in entries, > 0
   */
  put({ own, others, ...job }: RowJob, offsets: Int32Array, weight: number): void {
    const { state } = this;
    state.set([own, others, job.offsets, job.indices, job.values, job.ridges, job.steps], JOB);
    const rows = offsets.length - 1;
    const costUpTo = (row: number): number => offsets[row]! - offsets[0]! + row * weight;
    for (let part = 0, row = 0; part <= PARTS; part++) {
      while (row < rows && costUpTo(row) < (part / PARTS) * costUpTo(rows)) row++;
      state[BOUNDS + part] = row;
    }
    Atomics.add(state, PUT, PARTS);
    this.signal();
  }

  /** Solves parts until none is left. */
  drain(kernels: Kernels): void {
    const { state } = this;
    for (;;) {
      const next = Atomics.load(state, TAKEN);
      if (next === Atomics.load(state, PUT)) return;
      if (Atomics.compareExchange(state, TAKEN, next, (next + 1) | 0) === next) this.solve(kernels, next & (PARTS - 1));
    }
  }

  /** Waits until all parts are solved. Throws where a thread has failed. */
  finish(): RowSums {
    const { state, sums } = this;
    for (let done = 0; (done = Atomics.load(state, DONE)) !== state[PUT];)
      if (Atomics.wait(state, DONE, done, LOST_MS) === 'timed-out') throw new Error('a thread of the kernels is lost');
    if (Atomics.load(state, FAILED) === 1) throw new Error('a thread of the kernels has failed');
    let [explained, penalty] = [0, 0];
    for (let part = 0; part < PARTS; part++) {
      explained += sums[part]!;
      penalty += sums[PARTS + part]!;
    }
    return { explained, penalty };
  }

  /** What another thread does: solves parts until the queue is closed. */
  serve(kernels: Kernels): void {
    const { state } = this;
    while (Atomics.load(state, CLOSED) === 0) {
      const seen = Atomics.load(state, SIGNAL);
      this.drain(kernels);
      // Closing signals, too: what came after `seen` was read does not let it wait.
      if (Atomics.load(state, CLOSED) === 0) Atomics.wait(state, SIGNAL, seen);
    }
  }

  /** Lets threads that serve come back. */
  close(): void {
    Atomics.store(this.state, CLOSED, 1);
    this.signal();
  }

  private solve(kernels: Kernels, part: number): void {
    const { state, sums } = this;
    const [own, others, offsets, indices, values, ridges, steps] = state.subarray(JOB, BOUNDS);
    const [from, to] = [state[BOUNDS + part]!, state[BOUNDS + part + 1]!];
    try {
      kernels.solveRows(own!, from, to, others!, offsets!, indices!, values!, ridges!, steps!);
      sums[part] = kernels.explainedByRows();
      sums[PARTS + part] = kernels.penaltyOfRows();
    } catch (cause) {
      Atomics.store(state, FAILED, 1);
      throw cause;
    } finally {
      Atomics.add(state, DONE, 1);
      Atomics.notify(state, DONE);
    }
  }

  private signal(): void {
    Atomics.add(this.state, SIGNAL, 1);
    Atomics.notify(this.state, SIGNAL);
  }
}
