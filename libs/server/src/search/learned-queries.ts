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
  shared(): readonly SharedQuery[] {
    return this.#past.shared((person) => this.#learnable(person));
  }

  /** Somebody's own queries, those of his other ids too, the latest of each id first; none without consent. */
  of({ userId, anonymousId }: QueryPerson): readonly string[] {
    const user = this.#userOf({ userId, anonymousId });
    if (!this.mayLookAt({ userId: user })) return [];
    const anonymous = new Set(user === undefined ? [] : this.options.stores.events.anonymousIdsOf(user));
    if (anonymousId !== undefined) anonymous.add(anonymousId);
    const ids = [...anonymous].map((id): QueryPerson => ({ anonymousId: id }));
    return this.#past.of(user === undefined ? ids : [{ userId: user }, ...ids]);
  }

  /** Whether anything was learned of any of these users, or of their anonymous ids. */
  hasAnyOf(userIds: readonly string[]): boolean {
    const { events } = this.options.stores;
    return userIds.some((userId) => {
      const anonymous = [...events.anonymousIdsOf(userId)].map((id): QueryPerson => ({ anonymousId: id }));
      return this.#past.of([{ userId }, ...anonymous]).length > 0;
    });
  }

  /** Whether somebody's past may be looked at. */
  mayLookAt(person: QueryPerson): boolean {
    const user = this.#userOf(person);
    return user === undefined || mayProfile(this.options.stores.users.find(user));
  }

  /** How many queries were dropped. */
  forget(ids: readonly QueryPerson[]): number {
    if (this.#isReading) for (const id of ids) this.#forgotten.add(idOf(id));
    return this.#past.forget(ids);
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

  /** One name for all ids of somebody; undefined where nothing may be learned. */
  #learnable(person: QueryPerson): string | undefined {
    if (!this.mayLookAt(person)) return undefined;
    const user = this.#userOf(person);
    return idOf(user === undefined ? person : { userId: user });
  }

  #userOf({ userId, anonymousId }: QueryPerson): string | undefined {
    if (userId !== undefined || anonymousId === undefined) return userId;
    return this.options.stores.events.userOf(anonymousId, this.options.clock.now());
  }
}

const idOf = ({ userId, anonymousId }: QueryPerson): string =>
  userId === undefined ? `anonymous ${anonymousId ?? ''}` : `user ${userId}`;
