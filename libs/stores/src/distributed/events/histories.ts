import type { EventColumns } from '@attune/sdk';
import { EntryTable } from '../../embedded/events/entry.table.js';
import { Histories, type Who } from '../../embedded/events/histories.js';
import { People } from '../../embedded/events/people.js';
import type { HotSubject } from '../../redis/hot-store.js';
import { anonymousSubject, byArrival, idOf, isUser, ownerAt, userSubject, type SubjectName } from './subject.js';
import type { Subjects } from './subjects.js';
import { WeighedCache } from './weighed.cache.js';

type Parts = ReadonlyMap<SubjectName, HotSubject>;

interface Person {
  /** The subjects it is made of. */
  readonly parts: Parts;
  readonly histories: Histories;
}

/** Entries of all persons kept together: some hundred bytes each. */
const CACHED_ENTRIES = 500_000;
/** Who did nothing weighs something too. */
const SUBJECT_WEIGHT = 10;
const NO_PARTS: Parts = new Map();
/** So many anonymous ids are asked for with a slate; more are a report, which must not crowd Redis. */
const FEW = 50;

/**
 * Histories and sessions by the rules of the embedded store, over just the subjects that make up a person. While none of
 * them changes, a person is the same object: asking again costs one look at their stamps.
 */
export class DistributedHistories {
  private readonly persons = new WeighedCache<string, Person>(CACHED_ENTRIES);
  private readonly anonymous = new WeighedCache<SubjectName, HotSubject>(CACHED_ENTRIES / 10);

  constructor(private readonly subjects: Subjects) {}

  async history(who: Who, at: number): Promise<EventColumns> {
    return (await this.of(who, at)).history(who, at);
  }

  async session(who: Who & { readonly sessionId?: string | undefined }, at: number): Promise<EventColumns> {
    return (await this.of(who, at)).session(who, at);
  }

  async usersOf(anonymousIds: readonly string[], at: number): Promise<readonly (string | undefined)[]> {
    if (anonymousIds.length > FEW) {
      const owners = await this.subjects.owners([...new Set(anonymousIds)], at);
      return anonymousIds.map((id) => owners.get(id));
    }
    const names = anonymousIds.map(anonymousSubject);
    const known = new Map<SubjectName, HotSubject>();
    for (const name of names) {
      const subject = this.anonymous.get(name);
      if (subject !== undefined) known.set(name, subject);
    }
    const parts = await this.subjects.read([...new Set(names)], known, at);
    for (const [name, subject] of parts) this.anonymous.set(name, subject, weightOf([subject]));
    return names.map((name) => ownerAt(parts.get(name)?.record.joins ?? [], at));
  }

  private async of(who: Who, at: number): Promise<Histories> {
    const key = JSON.stringify([who.userId, who.anonymousId]);
    const cached = this.persons.get(key);
    const known = cached?.parts ?? NO_PARTS;
    const parts = new Map<SubjectName, HotSubject>();
    for (let names = [...known.keys()]; ; names = []) {
      const wanted = new Set([...names, ...missing(parts, who, at)]);
      if (wanted.size === 0) break;
      for (const [name, subject] of await this.subjects.read([...wanted], known, at)) parts.set(name, subject);
    }
    if (cached !== undefined && same(cached.parts, parts)) return cached.histories;
    const histories = historiesOf(parts);
    const kept = [...parts.values()].every(({ stamp }) => stamp !== undefined);
    if (kept) this.persons.set(key, { parts, histories }, weightOf(parts.values()));
    return histories;
  }
}

/** Subjects that make up the person at a time and are not there yet. */
function missing(parts: Parts, { userId, anonymousId }: Who, at: number): readonly SubjectName[] {
  const names: SubjectName[] = [];
  if (anonymousId !== undefined) names.push(anonymousSubject(anonymousId));
  const joins = anonymousId === undefined ? [] : (parts.get(anonymousSubject(anonymousId))?.record.joins ?? []);
  const user = userId ?? ownerAt(joins, at);
  if (user !== undefined) {
    names.push(userSubject(user));
    names.push(...(parts.get(userSubject(user))?.record.links ?? []).map(anonymousSubject));
  }
  return names.filter((name) => !parts.has(name));
}

function historiesOf(parts: Parts): Histories {
  const table = new EntryTable(Math.max(1, sizeOf(parts)));
  const people = new People(table);
  const entries = [...parts].flatMap(([name, { record }]) => {
    const id = idOf(name);
    for (const { userId, at } of record.joins) people.join(userId, id, at);
    const who = isUser(name) ? { userId: id } : { anonymousId: id };
    return record.entries.map((entry) => ({ ...entry, who }));
  });
  for (const { at, type, items, value, sessionId, who } of entries.sort(byArrival)) {
    const given = { ...(value === undefined ? {} : { value }), ...(sessionId === undefined ? {} : { sessionId }) };
    people.add({ id: '', at: '', type, itemIds: [...items], ...given, ...who }, at);
  }
  return new Histories(table, people);
}

function same(known: Parts, parts: Parts): boolean {
  if (known.size !== parts.size) return false;
  for (const [name, subject] of parts) if (known.get(name) !== subject) return false;
  return true;
}

const sizeOf = (parts: Parts): number =>
  [...parts.values()].reduce(
    (sum, { record }) => sum + record.entries.reduce((n, { items }) => n + Math.max(1, items.length), 0),
    0,
  );

const weightOf = (subjects: Iterable<HotSubject>): number =>
  [...subjects].reduce((sum, { record }) => sum + record.entries.length + record.joins.length, SUBJECT_WEIGHT);
