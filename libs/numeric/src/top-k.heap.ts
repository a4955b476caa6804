/** A bounded heap with its worst member (lowest score, then highest index) at slot 0. Indices must arrive ascending. */
export class WorstFirst {
  /** A score must be above this to enter; -Infinity enters only while filling. */
  threshold = -Infinity;
  filling = true;
  private count = 0;
  private readonly scores: Float64Array;
  private readonly indices: Uint32Array;

  constructor(private readonly capacity: number) {
    this.scores = new Float64Array(capacity);
    this.indices = new Uint32Array(capacity);
  }

  offer(score: number, index: number): void {
    if (this.filling) this.rise(score, index);
    else this.sink(score, index, this.count);
    this.filling = this.count < this.capacity;
    if (!this.filling) this.threshold = this.scores[0]!;
  }

  /** Empties the heap from the worst up. */
  bestFirst(): Uint32Array {
    const result = new Uint32Array(this.count);
    for (let left = this.count; left > 0; left--) {
      result[left - 1] = this.indices[0]!;
      this.sink(this.scores[left - 1]!, this.indices[left - 1]!, left - 1);
    }
    return result;
  }

  private rise(score: number, index: number): void {
    let slot = this.count++;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      if (!this.isWorse(score, index, parent)) break;
      this.move(parent, slot);
      slot = parent;
    }
    this.scores[slot] = score;
    this.indices[slot] = index;
  }

  private sink(score: number, index: number, count: number): void {
    let slot = 0;
    for (let child = 1; child < count; child = 2 * slot + 1) {
      if (child + 1 < count && this.isWorse(this.scores[child + 1]!, this.indices[child + 1]!, child)) child++;
      if (this.isWorse(score, index, child)) break;
      this.move(child, slot);
      slot = child;
    }
    this.scores[slot] = score;
    this.indices[slot] = index;
  }

  private isWorse(score: number, index: number, slot: number): boolean {
    const other = this.scores[slot]!;
    return score < other || (score === other && index > this.indices[slot]!);
  }

  private move(from: number, to: number): void {
    this.scores[to] = this.scores[from]!;
    this.indices[to] = this.indices[from]!;
  }
}
