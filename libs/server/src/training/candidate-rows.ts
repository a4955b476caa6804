import type { RankedCandidates } from '@attune/engine';
import type { JudgedCandidates } from '@attune/sdk';

/** Numbers that are kept at most: 100 MB. */
const MOST_NUMBERS = 25_000_000;

/** Who asked, and the ids that they were to find. */
export interface Asker {
  readonly userId: string;
  readonly wanted: ReadonlySet<string>;
}

/** Collects candidates of many requests with their columns. */
export class CandidateRows {
  private readonly parts: Float32Array[] = [];
  private readonly grades: number[] = [];
  private readonly scores: number[] = [];
  private readonly ends = [0];
  private readonly owners: number[] = [];
  private readonly ownerOf = new Map<string, number>();
  private columns: readonly string[] = [];

  /** Whether there is no room for more. */
  get full(): boolean {
    return this.grades.length * this.columns.length >= MOST_NUMBERS;
  }

  /** `askers`: one a request. Requests of which nothing wanted is a candidate are left out. */
  add({ offsets, ids, columns, scores }: RankedCandidates, askers: readonly Asker[]): void {
    this.columns = [...columns.keys()];
    askers.forEach(({ userId, wanted }, r) => {
      const [from, to] = [offsets[r]!, offsets[r + 1]!];
      const ofRequest = ids.slice(from, to);
      if (!ofRequest.some((id) => wanted.has(id))) return;
      const rows = new Float32Array(ofRequest.length * columns.size);
      [...columns.values()].forEach((column, k) => {
        for (let c = from; c < to; c++) rows[(c - from) * columns.size + k] = column[c]!;
      });
      this.parts.push(rows);
      for (const id of ofRequest) this.grades.push(wanted.has(id) ? 1 : 0);
      for (let c = from; c < to; c++) this.scores.push(scores[c]!);
      this.ends.push(this.grades.length);
      this.owners.push(this.rowOf(userId));
    });
  }

  /** All of them, once: what was added is let go while it is copied. */
  judged(): JudgedCandidates {
    const features = new Float32Array(this.grades.length * this.columns.length);
    let next = 0;
    for (let part = this.parts.shift(); part !== undefined; part = this.parts.shift()) {
      features.set(part, next);
      next += part.length;
    }
    return {
      columns: this.columns,
      features,
      grades: Float32Array.from(this.grades),
      groups: Int32Array.from(this.ends),
      owners: Int32Array.from(this.owners),
      scores: Float64Array.from(this.scores),
    };
  }

  private rowOf(userId: string): number {
    const known = this.ownerOf.get(userId) ?? this.ownerOf.size;
    this.ownerOf.set(userId, known);
    return known;
  }
}
