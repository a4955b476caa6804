import type { RankingData } from '../trees/training-rows.js';
import type { CandidateRows } from './candidate-rows.js';

/** Candidates of many people, as trees learn from them: grade 1 for what was bought, 0 for the others. */
export class LearningRows {
  private readonly parts: Float32Array[] = [];
  private readonly grades: number[] = [];
  private readonly ends = [0];

  /** Adds what one person was offered; where nothing of it was bought there is nothing to learn. */
  add({ items, features }: CandidateRows, bought: ReadonlySet<number>): void {
    if (!items.some((item) => bought.has(item))) return;
    this.parts.push(features);
    for (const item of items) this.grades.push(bought.has(item) ? 1 : 0);
    this.ends.push(this.grades.length);
  }

  get groups(): number {
    return this.parts.length;
  }

  /** All of them, once: what was added is let go while it is copied. */
  data(columns: number): RankingData {
    const features = new Float32Array(this.grades.length * columns);
    let next = 0;
    for (let part = this.parts.shift(); part !== undefined; part = this.parts.shift()) {
      features.set(part, next);
      next += part.length;
    }
    return { features, columns, grades: Float32Array.from(this.grades), groups: Int32Array.from(this.ends) };
  }
}
