import type { ChangeFeed, User, UserStore } from '@attune/sdk';
import { ReadThrough } from './read-through.js';

const MOST_BYTES = 16 * 2 ** 20;

export interface CachedUserStoreOptions {
  readonly users: UserStore;
  readonly changes: ChangeFeed;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/**
 * A user store whose users are held in this process: every request asks for one. A change of another process is heard of
 * before it is acknowledged there; while nothing is heard nothing is held, since consent that was withdrawn is in force at
 * once.
 */
export class CachedUserStore implements UserStore {
  private readonly held: ReadThrough<User>;
  private readonly stop: () => void;

  constructor(private readonly options: CachedUserStoreOptions) {
    const { changes, clock } = options;
    this.held = new ReadThrough({
      mostBytes: MOST_BYTES,
      bytesOf: (user) => 2 * JSON.stringify(user).length,
      isHearing: () => changes.isListening,
      unheardLifeMs: 0,
      clock,
    });
    this.stop = changes.onChange((change) => {
      if (change.kind === 'users' || change.kind === 'forgotten') this.held.drop(change.userIds);
      else if (change.kind === 'lost') this.held.doubt();
    });
  }

  async upsert(users: readonly User[]): Promise<void> {
    await this.changing(
      users.map(({ id }) => id),
      () => this.options.users.upsert(users),
    );
  }

  async delete(ids: readonly string[]): Promise<number> {
    return await this.changing(ids, () => this.options.users.delete(ids));
  }

  async get(ids: readonly string[]): Promise<readonly (User | undefined)[]> {
    return await this.held.get(ids, (missing) => this.options.users.get(missing));
  }

  readonly withoutConsent: UserStore['withoutConsent'] = () => this.options.users.withoutConsent();
  readonly size: UserStore['size'] = () => this.options.users.size();

  /** Stops listening. */
  close(): void {
    this.stop();
  }

  /** Also what failed may have been done. Others are told before it is acknowledged. */
  private async changing<T>(userIds: readonly string[], change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      this.held.drop(userIds);
      await this.options.changes.publish({ kind: 'users', userIds: [...new Set(userIds)] });
    }
  }
}
