import { mayProfile, type User, type UserStore } from '@attune/sdk';
import { durably } from '../durably.js';
import { ChangeLog, type Present } from '../change.log.js';
import type { ErasableLog, OpenLog } from '../record-log.js';
import { Turns } from '../turns.js';

/** Described users in memory over a log on disk: a record an upsert, the last one of an id counts. */
export class EmbeddedUserStore implements UserStore {
  private readonly changes = new Turns();

  private constructor(
    private readonly history: ChangeLog<ErasableLog>,
    private readonly users: Map<string, User>,
  ) {}

  static async open(openLog: OpenLog<ErasableLog>): Promise<EmbeddedUserStore> {
    const users = new Map<string, User>();
    const onRecord = (record: unknown): void => {
      const user = record as User;
      users.set(user.id, user);
    };
    return new EmbeddedUserStore(await ChangeLog.open(openLog, onRecord, presentOf(users)), users);
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was changed. */
  async upsert(users: readonly User[]): Promise<void> {
    await this.changes.take(async () => {
      await this.history.append(users);
      for (const user of users) this.users.set(user.id, user);
      await this.history.tidy(presentOf(this.users));
    });
  }

  get(ids: readonly string[]): Promise<readonly (User | undefined)[]> {
    return Promise.resolve(ids.map((id) => this.users.get(id)));
  }

  withoutConsent(): Promise<ReadonlySet<string>> {
    const refusing = [...this.users.values()].filter((user) => !mayProfile(user));
    return Promise.resolve(new Set(refusing.map(({ id }) => id)));
  }

  /** @throws AttuneError `NOT_DURABLE`: nothing was changed. */
  async delete(ids: readonly string[]): Promise<number> {
    return await this.changes.take(async () => {
      const doomed = new Set(ids.filter((id) => this.users.has(id)));
      const kept = [...this.users.values()].filter(({ id }) => !doomed.has(id));
      // Also where nobody is known: a write that a crash cut short may name them.
      if (doomed.size === 0) await durably(() => this.history.log.eraseTorn());
      else await this.history.rewrite(kept, { eraseTorn: true });
      for (const id of doomed) this.users.delete(id);
      return doomed.size;
    });
  }

  size(): Promise<number> {
    return Promise.resolve(this.users.size);
  }

  /** Waits for changes under way. */
  async close(): Promise<void> {
    await this.changes.take(() => this.history.close());
  }
}

const presentOf = (users: ReadonlyMap<string, User>): Present => ({
  get size() {
    return users.size;
  },
  records: () => users.values(),
});
