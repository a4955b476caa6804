/** Why an item is shown: a message key, translated at the edge, and the items of the user's own past behind it. */
export interface Explanation {
  readonly reason: string;
  readonly evidence: readonly string[];
  readonly params: Readonly<Record<string, string | number>>;
  /**
   * Of explainers that phrase: what it says to a person, at most 160 UTF-16 units of plain text on one line, about what reason,
   * evidence and params say and nothing else. Default: the fixed words of its key.
   */
  readonly text?: string | undefined;
}

/** A reason as others gave it, with what it says so far. */
export interface GivenReason extends Explanation {
  /** At first the fixed words of its key, in the slate's language where there are such. */
  readonly text: string;
}
