import type { LoggedSlate } from '@attune/sdk';

/** Which slates were counted: the last ones by their ids, so that one that is told of again is not counted again. */
export class CountedSlates {
  /** When each was served, in the order of counting. */
  readonly #known = new Map<string, number>();
  /** When the latest slate was served that is not known any more. */
  #forgottenTo = -Infinity;

  /** `most`: ids that are kept. */
  constructor(private readonly most: number) {}

  /** False where it is known already. */
  add({ slateId, at }: Pick<LoggedSlate, 'slateId' | 'at'>): boolean {
    if (this.#known.has(slateId)) return false;
    this.#known.set(slateId, Date.parse(at));
    if (this.#known.size > this.most) this.#forgetOne();
    return true;
  }

  /** Whether it is certain that a slate was not counted. */
  lacks({ slateId, at }: Pick<LoggedSlate, 'slateId' | 'at'>): boolean {
    return !this.#known.has(slateId) && Date.parse(at) > this.#forgottenTo;
  }

  #forgetOne(): void {
    for (const [slateId, at] of this.#known) {
      this.#known.delete(slateId);
      this.#forgottenTo = Math.max(this.#forgottenTo, at);
      return;
    }
  }
}
