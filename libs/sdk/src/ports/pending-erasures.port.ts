/** Somebody who is to be forgotten. */
export interface PendingErasure {
  readonly userId: string;
  /** Anonymous ids that were his when it began. */
  readonly anonymousIds: readonly string[];
  /** Tells this request from a later one for the same user. */
  readonly token: string;
}

/** Users whose erasure was accepted and is not finished: what has to be finished whatever happens to a process. */
export interface PendingErasures {
  /** In the order they were accepted. */
  userIds(): Promise<readonly string[]>;
  /**
   * Durable when it resolves: from then on the user will be erased. Anonymous ids join those known already.
   * @throws AttuneError NOT_DURABLE
   */
  add(userId: string, anonymousIds?: readonly string[]): Promise<PendingErasure>;
  /** Forgets that a user had to be forgotten, unless it was asked for again since `add` gave this one. */
  finish(pending: PendingErasure): Promise<void>;
}
