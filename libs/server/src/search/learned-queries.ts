import { mayProfile, type StoredEvent, type TenantStores } from '@attune/sdk';
import { PastQueries, type QueryPerson, type SharedQuery } from './past-queries.js';

export interface LearnedQueriesOptions {
  readonly stores: Pick<TenantStores, 'events' | 'users'>;
  readonly clock: { now(): number };
  /** One line where the log cannot be read. */
  readonly warn: (line: string) => void;
}

/** What people searched for, learned from the event log and every event after it, of those who allow it. */
export class LearnedQueries {
  readonly #past = new PastQueries();
  readonly #stopListening: () => void;
  #reading: Promise<void> | undefined;
  /** Who was forgotten while the log is being read: what is read of them does not count. */
  readonly #forgotten = new Set<string>();
  #isReading = false;
  #closed = false;

  constructor(private readonly options: LearnedQueriesOptions) {
    this.#stopListening = options.stores.events.onAppend((event) => this.#past.add(event));
  }

  /** Grows where what `shared` says may have changed. */
  get version(): number {
    return this.#past.version;
  }

  /** Reads the log, once; resolves when it is read. In pages, so that requests get their turns. */
  read(): Promise<void> {
    return (this.#reading ??= this.#read());
  }

  /** Queries of at least two people who may be learned from. */
  async shared(): Promise<readonly SharedQuery[]> {
    const people = this.#past.sharers();
    const users = await this.#usersOf(people);
    const described = await this.options.stores.users.get(users.map((user) => user ?? ''));
    const names = new Map<string, string>();
    people.forEach((person, i) => {
      const user = users[i];
      if (user === undefined) names.set(idOf(person), idOf(person));
      else if (mayProfile(described[i])) names.set(idOf(person), idOf({ userId: user }));
    });
    return this.#past.shared((person) => names.get(idOf(person)));
  }

  /** Somebody's own queries, those of his other ids too, the latest of each id first; none without consent. */
  async of({ userId, anonymousId }: QueryPerson): Promise<readonly string[]> {
    const [user] = await this.#usersOf([{ userId, anonymousId }]);
    if (!(await this.mayLookAt({ userId: user }))) return [];
    const anonymous = new Set(user === undefined ? [] : await this.options.stores.events.anonymousIdsOf(user));
    if (anonymousId !== undefined) anonymous.add(anonymousId);
    const ids = [...anonymous].map((id): QueryPerson => ({ anonymousId: id }));
    return this.#past.of(user === undefined ? ids : [{ userId: user }, ...ids]);
  }

  /** Whether anything was learned of any of these users, or of their anonymous ids. */
  async hasAnyOf(userIds: readonly string[]): Promise<boolean> {
    const { events } = this.options.stores;
    const joined = await Promise.all(userIds.map((userId) => events.anonymousIdsOf(userId)));
    return userIds.some((userId, i) => {
      const anonymous = joined[i]!.map((id): QueryPerson => ({ anonymousId: id }));
      return this.#past.of([{ userId }, ...anonymous]).length > 0;
    });
  }

  /** Whether somebody's past may be looked at. */
  async mayLookAt(person: QueryPerson): Promise<boolean> {
    const [user] = await this.#usersOf([person]);
    return user === undefined || mayProfile((await this.options.stores.users.get([user]))[0]);
  }

  /** How many queries were dropped. */
  forget(ids: readonly QueryPerson[]): number {
    if (this.#isReading) for (const id of ids) this.#forgotten.add(idOf(id));
    return this.#past.forget(ids);
  }

  /** Drops everything, and reads the log again. */
  async readAgain(): Promise<void> {
    await this.#reading;
    this.#past.clear();
    this.#reading = undefined;
    await this.read();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopListening();
    await this.#reading;
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      for await (const page of this.options.stores.events.scan()) {
        if (this.#closed) return;
        for (const event of page) if (!this.#isForgotten(event)) this.#past.add(event);
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      if (!this.#closed) this.options.warn(`past queries are not suggested: ${String(error)}`);
    } finally {
      this.#isReading = false;
      this.#forgotten.clear();
    }
  }

  #isForgotten({ userId, anonymousId }: StoredEvent): boolean {
    return this.#forgotten.has(idOf({ userId })) || this.#forgotten.has(idOf({ anonymousId }));
  }

  /** The known user of each person, undefined where there is none. */
  async #usersOf(people: readonly QueryPerson[]): Promise<readonly (string | undefined)[]> {
    const { stores, clock } = this.options;
    const ids = people.flatMap((one) => (one.userId === undefined && one.anonymousId ? [one.anonymousId] : []));
    const owners = ids.length === 0 ? [] : await stores.events.usersOf(ids, clock.now());
    const ownerOf = new Map(ids.map((id, i) => [id, owners[i]]));
    return people.map(({ userId, anonymousId }) => userId ?? ownerOf.get(anonymousId ?? ''));
  }
}

const idOf = ({ userId, anonymousId }: QueryPerson): string =>
  userId === undefined ? `anonymous ${anonymousId ?? ''}` : `user ${userId}`;
