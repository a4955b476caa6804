export interface People {
  readonly userIds: readonly string[];
  readonly anonymousIds: readonly string[];
}

export interface RecordHeader {
  /** Unique. */
  readonly id: string;
  /** What `recent` may be asked by. */
  readonly group: string;
}

/** What a log of days has to know of its records. */
export interface RecordKind<T extends object> {
  /** What they are called in lines for people: `slates`. */
  readonly what: string;
  /** Names of the members that are in the header. */
  readonly names: Readonly<Record<keyof RecordHeader, string>>;
  headerOf(record: T): RecordHeader;
  /** Everybody whose it is; in its text they are values of members `userId` and `anonymousId`. */
  peopleOf(record: T): People;
  /** About how many characters it has; 0 where all of them are small. */
  charsOf(record: T): number;
}

/** A line for people begins with a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
