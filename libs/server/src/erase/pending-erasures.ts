import { AttuneError } from '@attune/sdk';
import { DurableLog } from '@attune/stores';
import { z } from 'zod';

const recordSchema = z.strictObject({ userId: z.string(), anonymousIds: z.array(z.string()) });

/** Somebody who is to be forgotten. */
export interface Person {
  readonly userId: string;
  /** Anonymous ids that were his when it began. */
  readonly anonymousIds: readonly string[];
}

/**
 * Users whose erasure was accepted and is not finished, on disk: what a server that starts again has to finish. Nothing
 * of a finished one is left in the files.
 */
export class PendingErasures {
  readonly #people = new Map<string, Person>();
  #changes: Promise<unknown> = Promise.resolve();

  private constructor(private readonly log: DurableLog) {}

  /** `warn`: a line for each record that another version wrote. */
  static async open(folder: string, warn: (line: string) => void): Promise<PendingErasures> {
    const read: Person[] = [];
    const onRecord = (record: unknown): void => {
      const { data } = recordSchema.safeParse(record);
      if (data === undefined) warn(`${folder}: a pending erasure was written by another version and is left out`);
      else read.push(data);
    };
    const pending = new PendingErasures(await DurableLog.open(folder, { onRecord, warn }));
    for (const person of read) pending.#people.set(person.userId, person);
    return pending;
  }

  /** In the order they were accepted. */
  userIds(): readonly string[] {
    return [...this.#people.keys()];
  }

  /**
   * Durable when it resolves: from then on the user will be erased. Anonymous ids join those known already.
   * @throws AttuneError NOT_DURABLE
   */
  async add(userId: string, anonymousIds: readonly string[] = []): Promise<Person> {
    return await this.#change(async () => {
      const known = this.#people.get(userId)?.anonymousIds ?? [];
      // A new object each time: what was asked again while an erasure ran is not finished with it.
      const person = { userId, anonymousIds: [...new Set([...known, ...anonymousIds])] };
      await this.log.append([person]);
      this.#people.set(userId, person);
      return person;
    });
  }

  /** Forgets that a user had to be forgotten, unless it was asked for again since `add` gave this person. */
  async finish(person: Person): Promise<void> {
    await this.#change(async () => {
      if (this.#people.get(person.userId) !== person) return;
      this.#people.delete(person.userId);
      try {
        await this.log.rewrite([...this.#people.values()], { eraseTorn: true });
      } catch (error) {
        this.#people.set(person.userId, person);
        throw error;
      }
    });
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.log.close();
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(work).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      throw new AttuneError('NOT_DURABLE', detail, { cause: error });
    });
    this.#changes = done.catch(() => undefined);
    return done;
  }
}
