import type { User, UserStore } from '@attune/sdk';
import { durably } from '../durably.js';
import type { ErasableLog, OpenLog } from '../record-log.js';

/** Described users in memory over a log on disk: a record an upsert, the last one of an id counts. */
export class EmbeddedUserStore implements UserStore {
  private changes: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly log: ErasableLog,
    private readonly users: Map<string, User>,
  ) {}

  /** Reads the log, and rewrites it where more than half is of the past. */
  static async open(openLog: OpenLog<ErasableLog>): Promise<EmbeddedUserStore> {
    const users = new Map<string, User>();
    let records = 0;
    const log = await openLog((record) => {
      const user = record as User;
      records++;
      users.set(user.id, user);
    });
    if (records > 2 * users.size) await log.rewrite(users.values());
    return new EmbeddedUserStore(log, users);
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was changed. */
  async upsert(users: readonly User[]): Promise<void> {
    await this.change(async () => {
      await durably(() => this.log.append(users));
      for (const user of users) this.users.set(user.id, user);
    });
  }

  find(id: string): User | undefined {
    return this.users.get(id);
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was changed. */
  async delete(ids: readonly string[]): Promise<number> {
    return await this.change(async () => {
      const doomed = new Set(ids.filter((id) => this.users.has(id)));
      const kept = [...this.users.values()].filter(({ id }) => !doomed.has(id));
      // Also where nobody is known: a write that a crash cut short may name them.
      if (doomed.size === 0) await durably(() => this.log.eraseTorn());
      else await durably(() => this.log.rewrite(kept, { eraseTorn: true }));
      for (const id of doomed) this.users.delete(id);
      return doomed.size;
    });
  }

  size(): number {
    return this.users.size;
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.change(() => this.log.close());
  }

  /** Runs a change after all earlier ones, so that it decides on what they left. */
  private change<T>(work: () => Promise<T>): Promise<T> {
    const done = this.changes.then(work);
    this.changes = done.catch(() => undefined);
    return done;
  }
}
