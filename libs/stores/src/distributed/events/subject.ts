import { itemsOf, type StoredEvent } from '@attune/sdk';

/** Whose events are kept together: `u:<user id>` or `a:<anonymous id>`. */
export type SubjectName = `u:${string}` | `a:${string}`;

export const userSubject = (userId: string): SubjectName => `u:${userId}`;
export const anonymousSubject = (anonymousId: string): SubjectName => `a:${anonymousId}`;
export const isUser = (subject: SubjectName): boolean => subject.startsWith('u:');
export const idOf = (subject: SubjectName): string => subject.slice(2);

/** An event with its place in the order of arrival. */
export interface LoggedEvent {
  readonly arrival: string;
  readonly event: StoredEvent;
}

/** What a history needs of an event. */
export interface Entry {
  readonly arrival: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: string;
  readonly items: readonly string[];
  readonly value: number | undefined;
  readonly sessionId: string | undefined;
}

/** That an anonymous id belongs to a user from a time on. */
export interface JoinMark {
  readonly arrival: string;
  readonly at: number;
  readonly userId: string;
}

/** What was done under a user id or, without a user, under an anonymous id. */
export interface SubjectRecord {
  readonly entries: readonly Entry[];
  /** Of an anonymous id: oldest first, among equal times the one that came last is the newer. */
  readonly joins: readonly JoinMark[];
  /** Of a user: anonymous ids ever joined to him. */
  readonly links: readonly string[];
  /** What was before this time is not in it, epoch milliseconds; −Infinity where all is. */
  readonly from: number;
}

/** How much of a subject is kept: the newest ones. */
export interface HistoryLimits {
  readonly events: number;
  /** Joins of an anonymous id, and anonymous ids of a user. */
  readonly links: number;
}

/** One thing that an event adds to a subject. */
export type Mark =
  | { readonly subject: SubjectName; readonly entry: Entry }
  | { readonly subject: SubjectName; readonly join: JoinMark }
  | { readonly subject: SubjectName; readonly link: string };

export function marksOf({ arrival, event }: LoggedEvent): readonly Mark[] {
  const { userId, anonymousId } = event;
  const entry = entryOf({ arrival, event });
  if (userId === undefined) return anonymousId === undefined ? [] : [{ subject: anonymousSubject(anonymousId), entry }];
  const own: Mark = { subject: userSubject(userId), entry };
  if (anonymousId === undefined) return [own];
  const join: JoinMark = { arrival, at: entry.at, userId };
  return [own, { subject: userSubject(userId), link: anonymousId }, { subject: anonymousSubject(anonymousId), join }];
}

/** The subjects whose records an event is part of. */
export function subjectsOf({ userId, anonymousId }: StoredEvent): readonly SubjectName[] {
  const user = userId === undefined ? [] : [userSubject(userId)];
  return anonymousId === undefined ? user : [...user, anonymousSubject(anonymousId)];
}

export function entryOf({ arrival, event }: LoggedEvent): Entry {
  const { type, value, sessionId } = event;
  return { arrival, at: Date.parse(event.at), type, items: itemsOf(event), value, sessionId };
}

/** Order of what happened: by time, then arrival. */
export function inTime(
  a: { readonly at: number; readonly arrival: string },
  b: { readonly at: number; readonly arrival: string },
): number {
  return a.at - b.at || byArrival(a, b);
}

export function byArrival(a: { readonly arrival: string }, b: { readonly arrival: string }): number {
  return a.arrival < b.arrival ? -1 : a.arrival > b.arrival ? 1 : 0;
}

/** The user an anonymous id belonged to at a time, by its joins in time. */
export function ownerAt(joins: readonly JoinMark[], at: number): string | undefined {
  return joins.findLast((join) => join.at <= at)?.userId;
}
