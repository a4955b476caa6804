import type { StoredEvent } from '@attune/sdk';
import { cleanText, surfaceWords } from '@attune/text';

const LONGEST_QUERY = 100;
const MOST_WORDS = 8;
/** Queries remembered, the latest; people counted a query; queries remembered a person. */
const MOST_QUERIES = 50_000;
const MOST_PEOPLE = 1_000;
const MOST_OWN = 50;
/** Nobody's private words are suggested to others. */
const FEWEST_PEOPLE = 2;

/** A user, or an anonymous id that may belong to one. */
export interface QueryPerson {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

export interface SharedQuery {
  /** Its words, folded. */
  readonly text: string;
  /** At least 2. */
  readonly people: number;
}

/** What people searched for, from events of type `search`. In memory, bounded, the latest kept. */
export class PastQueries {
  /** People by the query's folded words. */
  readonly #people = new Map<string, Set<string>>();
  /** A person's own, as typed, by folded words; the latest last. */
  readonly #own = new Map<string, Map<string, string>>();
  /** Grows where what `shared` says may have changed. */
  version = 0;

  add({ type, query, userId, anonymousId }: StoredEvent): void {
    if (type !== 'search' || query === undefined) return;
    const text = cleanText(query, { maxChars: LONGEST_QUERY + 1 });
    const words = surfaceWords(text);
    if (text.length > LONGEST_QUERY || words.length === 0 || words.length > MOST_WORDS) return;
    const key = words.map((word) => word.text).join(' ');
    const person = keyOf({ userId, anonymousId });
    const people = this.#people.get(key) ?? new Set();
    if (people.size < MOST_PEOPLE && !people.has(person)) {
      people.add(person);
      if (people.size >= FEWEST_PEOPLE) this.version++;
    }
    putLast(this.#people, { key, value: people, most: MOST_QUERIES });
    const own = this.#own.get(person) ?? new Map<string, string>();
    putLast(own, { key, value: text, most: MOST_OWN });
    putLast(this.#own, { key: person, value: own, most: MOST_QUERIES });
  }

  /** The people of queries that at least two had. */
  sharers(): readonly QueryPerson[] {
    const shared = [...this.#people.values()].filter((people) => people.size >= FEWEST_PEOPLE);
    return [...new Set(shared.flatMap((people) => [...people]))].map(personOf);
  }

  /** Queries of at least two people, whom `userOf` tells apart: of those it gives no user, nothing is learned. */
  shared(userOf: (person: QueryPerson) => string | undefined): readonly SharedQuery[] {
    const shared: SharedQuery[] = [];
    for (const [text, people] of this.#people) {
      if (people.size < FEWEST_PEOPLE) continue;
      const users = new Set([...people].map((person) => userOf(personOf(person))));
      users.delete(undefined);
      if (users.size >= FEWEST_PEOPLE) shared.push({ text, people: users.size });
    }
    return shared;
  }

  /** A person's own queries as typed, the latest first, at most 50 an id. */
  of(ids: readonly QueryPerson[]): readonly string[] {
    return ids.flatMap((id) => [...(this.#own.get(keyOf(id))?.values() ?? [])].reverse());
  }

  /** Drops everything. */
  clear(): void {
    this.#people.clear();
    this.#own.clear();
    this.version++;
  }

  /** Drops all that these people searched for; how many queries that were. */
  forget(ids: readonly QueryPerson[]): number {
    let dropped = 0;
    for (const person of ids.map(keyOf)) {
      this.#own.delete(person);
      for (const [key, people] of this.#people) {
        if (!people.delete(person)) continue;
        dropped++;
        if (people.size === 0) this.#people.delete(key);
      }
    }
    if (dropped > 0) this.version++;
    return dropped;
  }
}

const keyOf = ({ userId, anonymousId }: QueryPerson): string =>
  userId === undefined ? `anonymous ${anonymousId ?? ''}` : `user ${userId}`;

function personOf(key: string): QueryPerson {
  const [kind, id] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
  return kind === 'user' ? { userId: id } : { anonymousId: id };
}

/** Puts an entry last, and drops the first where there are too many. */
function putLast<T>(
  map: Map<string, T>,
  { key, value, most }: { readonly key: string; readonly value: T; readonly most: number },
): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!);
}
