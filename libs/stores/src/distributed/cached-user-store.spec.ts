import type { Change, ChangeFeed, ChangesLost, User, UserStore } from '@attune/sdk';
import { userStoreContract } from '@attune/testkit';
import { Scratch } from '../fixtures/scratch.js';
import { DurableLog } from '../embedded/log/durable-log.js';
import { EmbeddedUserStore } from '../embedded/users/user-store.adapter.js';
import { CachedUserStore } from './cached-user-store.js';

/** A feed between the stores of one test. */
class Feed {
  private readonly listeners = new Map<object, (change: Change | ChangesLost) => void>();
  listening = true;

  of(self: object): ChangeFeed {
    const { listeners } = this;
    const isHearing = (): boolean => this.listening;
    return {
      publish: (change) => {
        for (const [who, listener] of listeners) if (who !== self && isHearing()) listener(change);
        return Promise.resolve();
      },
      onChange: (listener) => {
        listeners.set(self, listener);
        return () => void listeners.delete(self);
      },
      get isListening() {
        return isHearing();
      },
    };
  }
}

describe('CachedUserStore', () => {
  const scratch = new Scratch();
  const opened: { close(): Promise<void> | void }[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0).reverse()) await store.close();
    await scratch.clear();
  });

  const stored = async (): Promise<EmbeddedUserStore> => {
    const folder = await scratch.folder();
    const users = await EmbeddedUserStore.open((onRecord) =>
      DurableLog.open(folder, { onRecord, warn: () => undefined }),
    );
    opened.push(users);
    return users;
  };
  const cached = (users: UserStore, feed: Feed): CachedUserStore => {
    const store = new CachedUserStore({ users, changes: feed.of({}), clock: () => 0 });
    opened.push(store);
    return store;
  };
  /** Counts what is read of the store behind. */
  const counted = (users: UserStore): UserStore & { reads: number } =>
    Object.assign(Object.create(users) as UserStore, {
      reads: 0,
      get(this: { reads: number }, ids: readonly string[]) {
        this.reads++;
        return users.get(ids);
      },
    });

  it.each(userStoreContract(async () => cached(await stored(), new Feed())))('$name', async ({ run }) => await run());

  it('reads a user once, and again after a change of another process', async () => {
    const [behind, feed] = [counted(await stored()), new Feed()];
    const [one, two] = [cached(behind, feed), cached(behind, feed)];
    const refusing: User = { id: 'ann', consent: { profiling: false } };
    expect([await one.get(['ann']), await one.get(['ann']), behind.reads]).toEqual([[undefined], [undefined], 1]);
    await two.upsert([refusing]);
    expect([await one.get(['ann']), await one.get(['ann']), behind.reads]).toEqual([[refusing], [refusing], 2]);
    await two.delete(['ann']);
    expect(await one.get(['ann'])).toEqual([undefined]);
  });

  it('holds nothing while changes are not heard', async () => {
    const [behind, feed] = [counted(await stored()), new Feed()];
    const one = cached(behind, feed);
    await one.get(['ann']);
    feed.listening = false;
    await behind.upsert([{ id: 'ann', consent: { profiling: false } }]);
    expect(await one.get(['ann'])).toEqual([{ id: 'ann', consent: { profiling: false } }]);
  });
});
