import type { EventColumns } from '@attune/sdk';
import { LruCache } from '../lru.cache.js';
import { EntryTable } from './entry.table.js';
import { lastChange, ownerAt, type People, type Subject } from './people.js';
import { PersonColumns } from './person.columns.js';

/** Pause after which a new session begins, milliseconds. */
const SESSION_PAUSE_MS = 30 * 60_000;
/** Persons whose merged columns are kept. */
const CACHED_PERSONS = 10_000;
const NOTHING = new PersonColumns(new EntryTable(), []);

export interface Who {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

interface Merged {
  readonly version: number;
  readonly columns: PersonColumns;
}

/** Whose entries make up a person at a time. */
interface Person {
  readonly user: Subject | undefined;
  /** The anonymous id of the question, where it belongs to nobody. */
  readonly stray: Subject | undefined;
}

/** Histories and sessions of persons: own events and those of joined anonymous ids, by time, then arrival. */
export class Histories {
  private readonly cache = new LruCache<string, Merged>(CACHED_PERSONS);

  constructor(
    private readonly table: EntryTable,
    private readonly people: People,
  ) {}

  history(who: Who, at: number): EventColumns {
    const columns = this.columnsOf(who, at);
    return columns.part(0, columns.countUntil(at));
  }

  session(who: Who & { readonly sessionId?: string | undefined }, at: number): EventColumns {
    const columns = this.columnsOf(who, at);
    const end = columns.countUntil(at);
    if (who.sessionId === undefined) return columns.part(sessionStart(columns, end, at), end);
    const session = this.table.sessionIds.row(who.sessionId);
    const places: number[] = [];
    for (let place = 0; place < end; place++)
      if (session >= 0 && columns.sessions[place] === session) places.push(place);
    return columns.pick(places);
  }

  /** The person's entries with joins as of `at`; entries after `at` may be among them. */
  private columnsOf(who: Who, at: number): PersonColumns {
    const person = this.personAt(who, at);
    if (person.user === undefined && person.stray === undefined) return NOTHING;
    // Before its anonymous ids came to where they are the person was somebody else: rare, and not worth a cache.
    if (person.user !== undefined && lastChange(person.user) > at) return this.merge(person, at);
    const key = `${person.user?.row ?? ''} ${person.stray?.row ?? ''}`;
    const version = versionOf(person);
    const cached = this.cache.get(key);
    if (cached?.version === version) return cached.columns;
    const columns = this.merge(person, at);
    this.cache.set(key, { version, columns });
    return columns;
  }

  private personAt(who: Who, at: number): Person {
    const anonymous = this.people.anonymousOf(who.anonymousId);
    const owner = anonymous === undefined ? undefined : ownerAt(anonymous, at);
    const user = who.userId === undefined ? owner : this.people.user(who.userId);
    return { user, stray: owner === undefined ? anonymous : undefined };
  }

  private merge({ user, stray }: Person, at: number): PersonColumns {
    const subjects = [user, stray].filter((subject) => subject !== undefined);
    for (const anonymous of user?.joined ?? []) if (ownerAt(anonymous, at) === user) subjects.push(anonymous);
    const entries = subjects.flatMap((subject) => subject.entries);
    entries.sort((a, b) => this.table.compare(a, b));
    return new PersonColumns(this.table, entries);
  }
}

/** Grows with every change to what `merge` reads once all joins are past. */
function versionOf({ user, stray }: Person): number {
  let version = (user?.version ?? 0) + (stray?.version ?? 0) + (user?.joined.size ?? 0);
  for (const anonymous of user?.joined ?? []) version += anonymous.version;
  return version;
}

function sessionStart(columns: PersonColumns, end: number, at: number): number {
  let start = end;
  for (let next = at; start > 0 && next - columns.at[start - 1]! <= SESSION_PAUSE_MS; start--)
    next = columns.at[start - 1]!;
  return start;
}
