import type { SubjectName } from '../distributed/events/subject.js';

/** Beyond so many subjects the oldest are given up: nothing of theirs was acknowledged. */
const MOST_SUBJECTS = 100_000;

/** Subjects and days that could not be told of an event that may be in the log. */
export class Distrusted {
  private readonly subjects = new Set<SubjectName>();
  private readonly days = new Set<string>();

  isEmpty(): boolean {
    return this.subjects.size + this.days.size === 0;
  }

  add(subjects: readonly SubjectName[], days: readonly string[]): void {
    for (const day of days) this.days.add(day);
    for (const subject of subjects) this.subjects.add(subject);
    for (const oldest of this.subjects) {
      if (this.subjects.size <= MOST_SUBJECTS) break;
      this.subjects.delete(oldest);
    }
  }

  all(): { readonly subjects: readonly SubjectName[]; readonly days: readonly string[] } {
    return { subjects: [...this.subjects], days: [...this.days] };
  }

  remove(subjects: readonly SubjectName[], days: readonly string[]): void {
    for (const subject of subjects) this.subjects.delete(subject);
    for (const day of days) this.days.delete(day);
  }
}
