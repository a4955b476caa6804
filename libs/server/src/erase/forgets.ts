/** People whose data go. */
export interface Forgotten {
  readonly userIds: readonly string[];
  readonly anonymousIds: readonly string[];
}

/** Something besides the stores that may hold traces of people, in memory or on disk. */
export interface Forgets {
  /** Where its count is in the receipt. */
  readonly place: 'jobs' | 'results' | 'caches';
  /** Lets go of everything of these people; how many entries it dropped. May be asked again after a failure. */
  forget(who: Forgotten): number | Promise<number>;
  /** Lets go of everything, since some of it may be of people whom another process forgot; makes it anew where it can. */
  forgetAll?(): void | Promise<void>;
}
