import type { StoredEvent } from '@attune/sdk';
import type { EntryTable } from './entry.table.js';

interface Join {
  readonly at: number;
  readonly user: Subject;
}

/** A user or an anonymous id, and what was done under it. */
export interface Subject {
  readonly row: number;
  readonly id: string;
  readonly anonymous: boolean;
  /** Entry numbers in order of arrival. */
  readonly entries: number[];
  /** Of an anonymous id: its joins, oldest first; among equal times the one that came last is the newer. */
  readonly joins: Join[];
  /** Of a user: every anonymous id ever joined to him, perhaps to another since. */
  readonly joined: Set<Subject>;
  /** Of an anonymous id: since when it has been with its latest owner; −Infinity without joins. */
  ownedSince: number;
  /** Counts changes. */
  version: number;
}

/** Who did what: users, anonymous ids, and the joins between them in time. */
export class People {
  private readonly users = new Map<string, Subject>();
  private readonly anonymous = new Map<string, Subject>();
  private readonly subjects: Subject[] = [];

  constructor(private readonly table: EntryTable) {}

  /** Number of subjects; rows are `0 .. size - 1`. */
  get size(): number {
    return this.subjects.length;
  }

  subject(row: number): Subject | undefined {
    return this.subjects[row];
  }

  user(id: string | undefined): Subject | undefined {
    return id === undefined ? undefined : this.users.get(id);
  }

  anonymousOf(id: string | undefined): Subject | undefined {
    return id === undefined ? undefined : this.anonymous.get(id);
  }

  /** Known users, in order of first occurrence. */
  userIds(): readonly string[] {
    return [...this.users.keys()];
  }

  /** Anonymous ids whose newest join is with the user. */
  anonymousIdsOf(userId: string): readonly string[] {
    const user = this.users.get(userId);
    const held = [...(user?.joined ?? [])].filter((anonymous) => ownerAt(anonymous, Infinity) === user);
    return held.map(({ id }) => id);
  }

  /** Stores an event's entries under who did it, and the join that it states. */
  add(event: StoredEvent, at: number): void {
    const user = event.userId === undefined ? undefined : this.known(this.users, event.userId);
    const anonymous = event.anonymousId === undefined ? undefined : this.known(this.anonymous, event.anonymousId);
    const subject = user ?? anonymous;
    if (subject === undefined) return;
    if (user !== undefined && anonymous !== undefined) join(anonymous, user, at);
    let entry = this.table.size;
    this.table.add(event, at, subject.row);
    for (; entry < this.table.size; entry++) subject.entries.push(entry);
    subject.version++;
  }

  /** Stores that an anonymous id belongs to a user from a time on, whoever has the event that says so. */
  join(userId: string, anonymousId: string, at: number): void {
    join(this.known(this.anonymous, anonymousId), this.known(this.users, userId), at);
  }

  private known(subjects: Map<string, Subject>, id: string): Subject {
    let subject = subjects.get(id);
    if (subject === undefined) {
      const anonymous = subjects === this.anonymous;
      const row = this.subjects.length;
      subject = { row, id, anonymous, entries: [], joins: [], joined: new Set(), ownedSince: -Infinity, version: 0 };
      subjects.set(id, subject);
      this.subjects.push(subject);
    }
    return subject;
  }
}

/** The user an anonymous id belonged to at a time; undefined where it was not joined yet. */
export function ownerAt(anonymous: Subject, at: number): Subject | undefined {
  return anonymous.joins[placeAfter(anonymous.joins, at) - 1]?.user;
}

/** Time from which on every anonymous id ever joined to a user stays with whom it is. */
export function lastChange(user: Subject): number {
  let last = -Infinity;
  for (const anonymous of user.joined) last = Math.max(last, anonymous.ownedSince);
  return last;
}

/** Joins that only repeat the owner are kept: one of them counts once a late join to another user falls between. */
function join(anonymous: Subject, user: Subject, at: number): void {
  const { joins } = anonymous;
  const place = placeAfter(joins, at);
  const repeated = place === joins.length && joins.at(-1)?.user === user;
  joins.splice(place, 0, { at, user });
  user.joined.add(anonymous);
  anonymous.version++;
  if (repeated) return;
  let first = joins.length - 1;
  while (first > 0 && joins[first - 1]!.user === joins[first]!.user) first--;
  anonymous.ownedSince = joins[first]!.at;
}

/** Number of joins with `at ≤ time`. */
function placeAfter(joins: readonly Join[], time: number): number {
  let low = 0;
  let high = joins.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (joins[middle]!.at <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
