import type { HotStore, HotSubject } from '../../redis/hot-store.js';
import { RedisUnavailableError } from '../../redis/redis.connection.js';
import type { SubjectName, SubjectRecord } from './subject.js';

/** The log, as far as subjects need it. */
export interface SubjectLog {
  refresh(): Promise<void>;
  /** The newest events and joins up to a time. */
  subjects(names: readonly SubjectName[], until: number): Promise<ReadonlyMap<SubjectName, SubjectRecord>>;
  /** The users that anonymous ids were joined to, as of a time; of those that were. */
  owners(anonymousIds: readonly string[], at: number): Promise<ReadonlyMap<string, string>>;
}

type Found = Map<SubjectName, HotSubject>;

/** Filling is tried so often where somebody else drops what is filled. */
const ATTEMPTS = 3;
const READ_AT_A_TIME = 500;

/**
 * Subjects from the hot store; who is not there is filled from the log first, and without the hot store the log answers.
 */
export class Subjects {
  private readonly filling = new Map<SubjectName, Promise<void>>();

  constructor(
    private readonly log: SubjectLog,
    private readonly hot: HotStore,
    /** Told of each answer that the log had to give because the hot store could not. */
    private readonly onTrouble: (error: RedisUnavailableError) => void,
  ) {}

  /** Each of the names, as it is at a time; those that did not change since `known` are the same objects. */
  async read(names: readonly SubjectName[], known: ReadonlyMap<SubjectName, HotSubject>, at: number): Promise<Found> {
    const found: Found = new Map();
    for (let start = 0; start < names.length; start += READ_AT_A_TIME) {
      const some = names.slice(start, start + READ_AT_A_TIME);
      for (const [name, subject] of await this.current(some, known)) found.set(name, subject);
    }
    const cut = [...found].filter(([, { record }]) => at < record.from).map(([name]) => name);
    await this.readLog(cut, at, found);
    return found;
  }

  /** The users that anonymous ids were joined to, as of a time: from the log, which nobody is filled from for that. */
  async owners(anonymousIds: readonly string[], at: number): Promise<ReadonlyMap<string, string>> {
    await this.log.refresh();
    return await this.log.owners(anonymousIds, at);
  }

  private async current(names: readonly SubjectName[], known: ReadonlyMap<SubjectName, HotSubject>): Promise<Found> {
    const found: Found = new Map();
    let wanted = names;
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        for (const [name, subject] of await this.hot.read(wanted, known)) found.set(name, subject);
        wanted = names.filter((name) => !found.has(name));
        if (wanted.length === 0) return found;
        if (attempt + 1 < ATTEMPTS) await this.fill(wanted);
      }
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      this.onTrouble(error);
      wanted = names.filter((name) => !found.has(name));
    }
    await this.readLog(wanted, Infinity, found);
    return found;
  }

  private async readLog(names: readonly SubjectName[], until: number, found: Found): Promise<void> {
    if (names.length === 0) return;
    await this.log.refresh();
    for (const [name, record] of await this.log.subjects(names, until)) found.set(name, { stamp: undefined, record });
  }

  /** Resolves when everything stored before the call is in the hot store, unless somebody dropped it since. */
  private async fill(names: readonly SubjectName[]): Promise<void> {
    const fresh = names.filter((name) => !this.filling.has(name));
    if (fresh.length > 0) {
      const filled = this.fillFresh(fresh).finally(() => {
        for (const name of fresh) this.filling.delete(name);
      });
      for (const name of fresh) this.filling.set(name, filled);
    }
    await Promise.all(new Set(names.flatMap((name) => this.filling.get(name) ?? [])));
  }

  private async fillFresh(names: readonly SubjectName[]): Promise<void> {
    const epochs = await this.hot.follow(names);
    // What is stored from now on is added to who is followed; what was before, a refresh shows.
    await this.log.refresh();
    const followed = names.flatMap((name, i) => {
      const epoch = epochs[i];
      return epoch === undefined ? [] : [[name, epoch] as const];
    });
    const records = await this.log.subjects(
      followed.map(([name]) => name),
      Infinity,
    );
    const filled = new Map<SubjectName, { readonly epoch: string; readonly record: SubjectRecord }>();
    for (const [name, epoch] of followed) {
      const record = records.get(name);
      if (record !== undefined) filled.set(name, { epoch, record });
    }
    await this.hot.fill(filled);
  }
}
