/** Whom a frozen slate was shown to. */
export interface PageViewer {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

/** A frozen slate as another process can make its pages of it. */
export interface SharedPage {
  /** Whatever the process that asks for it can read. */
  readonly text: string;
  readonly viewer: PageViewer;
  /** After so many milliseconds nobody has it any more, whatever becomes of the process that put it. */
  readonly lifeMs: number;
}

/**
 * Frozen slates of one tenant where all its processes find them. Bounded: the oldest go where there are too many, and one
 * that is too large is not taken.
 *
 * @throws AttuneError `STORE_UNAVAILABLE`, from every call.
 */
export interface SharedPages {
  /** Whether it was taken; it is not where its viewer was forgotten within the last minute. */
  put(id: string, page: SharedPage): Promise<boolean>;
  /** Its text; undefined where there is none, or none any more. */
  get(id: string): Promise<string | undefined>;
  /** Drops what was shown to these people; how many there were. */
  forget(who: { readonly userIds: readonly string[]; readonly anonymousIds: readonly string[] }): Promise<number>;
}
