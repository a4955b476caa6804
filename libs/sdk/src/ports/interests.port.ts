/** What people are interested in, as it was last told to them, with their edits. */
export interface InterestsPort {
  /**
   * Lines in English, the strongest first, at most `limit` of them. None of somebody who does not consent to profiling, of whom
   * nothing was made yet, or who had it deleted; none where the store cannot be read.
   */
  of(userId: string, limit: number): Promise<readonly string[]>;
}
