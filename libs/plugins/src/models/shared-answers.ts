import type { EventColumns } from '@attune/sdk';

/** What a request asks with: a history, or a list of seeds. */
export type AnswerSource = EventColumns | readonly string[];

/** What was worked out as of a moment (0 where time plays no part). */
interface Answer<T> {
  readonly moment: number;
  readonly value: Promise<T>;
}

/** Sources whose answers are kept: the requests in flight, and few enough to forget people soon. */
const REMEMBERED = 256;

/** Answers that the steps of a pipeline share: worked out once for a source, a key and a moment. */
export class SharedAnswers<T> {
  private readonly bySource = new Map<AnswerSource, Map<string, Answer<T>>>();

  /** The answer, made where there is none yet; one that could not be made is tried again. Only the latest moment is kept. */
  get(source: AnswerSource, key: string, moment: number, make: () => Promise<T>): Promise<T> {
    const known = this.of(source);
    const answer = known.get(key);
    if (answer?.moment === moment) return answer.value;
    const value = make();
    known.set(key, { moment, value });
    value.catch(() => known.delete(key));
    return value;
  }

  private of(source: AnswerSource): Map<string, Answer<T>> {
    let known = this.bySource.get(source);
    if (known === undefined) {
      const oldest = this.bySource.keys().next();
      if (this.bySource.size >= REMEMBERED && oldest.done !== true) this.bySource.delete(oldest.value);
      this.bySource.set(source, (known = new Map<string, Answer<T>>()));
    }
    return known;
  }
}
