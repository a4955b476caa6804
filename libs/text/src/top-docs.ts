/** The best documents of a search, best first: `scores[i]` belongs to `docs[i]`. */
export interface ScoredDocs {
  readonly docs: Uint32Array;
  readonly scores: Float32Array;
}

/** Keeps the `k` best (score, doc) pairs offered: higher score first, equal scores by lower document number. */
export class TopDocs {
  private readonly docs: Uint32Array;
  private readonly scores: Float32Array;
  private size = 0;

  constructor(private readonly k: number) {
    this.docs = new Uint32Array(k);
    this.scores = new Float32Array(k);
  }

  /** Offers a pair; `score` must already be rounded to float32, so that ties are ties. */
  offer(doc: number, score: number): void {
    if (this.size < this.k) {
      this.place(this.size++, doc, score);
      this.siftUp(this.size - 1);
    } else if (this.k > 0 && this.isBetter(doc, score, 0)) {
      this.place(0, doc, score);
      this.siftDown();
    }
  }

  /** The pairs kept, best first. */
  result(): ScoredDocs {
    const order = Array.from({ length: this.size }, (_, i) => i);
    order.sort((a, b) => this.scoreAt(b) - this.scoreAt(a) || this.docAt(a) - this.docAt(b));
    return {
      docs: Uint32Array.from(order, (i) => this.docAt(i)),
      scores: Float32Array.from(order, (i) => this.scoreAt(i)),
    };
  }

  private docAt(at: number): number {
    return this.docs[at] ?? 0;
  }

  private scoreAt(at: number): number {
    return this.scores[at] ?? 0;
  }

  private isBetter(doc: number, score: number, at: number): boolean {
    const other = this.scoreAt(at);
    return score > other || (score === other && doc < this.docAt(at));
  }

  private place(at: number, doc: number, score: number): void {
    this.docs[at] = doc;
    this.scores[at] = score;
  }

  private swap(a: number, b: number): void {
    const doc = this.docAt(a);
    const score = this.scoreAt(a);
    this.place(a, this.docAt(b), this.scoreAt(b));
    this.place(b, doc, score);
  }

  /** The heap's root is the worst pair kept. */
  private siftUp(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.isBetter(this.docAt(parent), this.scoreAt(parent), at)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private siftDown(): void {
    for (let at = 0; ;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.size && this.isBetter(this.docAt(worst), this.scoreAt(worst), child)) worst = child;
      }
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }
}
