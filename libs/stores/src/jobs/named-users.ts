/** Whom a job was asked for by name: for the day one of them is forgotten. */
export interface NamedUsers<R> {
  usersOf(request: R): readonly string[];
  /** The same request for the others it names. */
  withoutUsers(request: R, users: ReadonlySet<string>): R;
}
