import { MINUTE, START, eventAt, eventStoreContract } from '@attune/testkit';
import { AttuneError, type EventStore, type StoredEvent } from '@attune/sdk';
import { Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import type { OpenLog, RecordLog } from '../record-log.js';
import { EmbeddedEventStore } from './event-store.adapter.js';

const END = START + 1_000 * MINUTE;
const scratch = new Scratch();
const opened: EmbeddedEventStore[] = [];

const logIn =
  (folder: string): OpenLog =>
  (onRecord) =>
    DurableLog.open(folder, { onRecord, warn: () => undefined });

async function openStore(openLog: OpenLog): Promise<EmbeddedEventStore> {
  const store = await EmbeddedEventStore.open(openLog, () => END);
  opened.push(store);
  return store;
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await scratch.clear();
});

describe('EmbeddedEventStore', () => {
  for (const { name, run } of eventStoreContract(async () => await openStore(logIn(await scratch.folder()))))
    it(name, run);

  it('answers the same after it was closed and opened', async () => {
    const folder = await scratch.folder();
    const first = await openStore(logIn(folder));
    await first.append([
      eventAt(3, { id: 'e1', itemId: 'a', value: 2, sessionId: 's' }),
      eventAt(1, { id: 'e2', itemIds: ['b', 'ü/🙂'], type: 'purchase' }),
      eventAt(2, { id: 'e3', userId: 'ann', anonymousId: 'x' }),
    ]);
    const answers = async (store: EventStore): Promise<unknown> => [
      { ...store.history({ userId: 'ann' }, END), rows: undefined },
      { ...store.session({ userId: 'ann', sessionId: 's' }, END), rows: undefined },
      [...(await store.window({ types: ['purchase'], from: 0, to: END })).byRow],
      await store.trainingData(),
      store.size(),
    ];
    const before = await answers(first);
    await first.close();
    const second = await openStore(logIn(folder));
    expect(await answers(second)).toEqual(before);
    expect((await second.append([eventAt(3, { id: 'e1', itemId: 'a' })])).created).toEqual([false]);
  });

  it('counts once what a failed call and its repetition left in the log', async () => {
    const folder = await scratch.folder();
    const log = await logIn(folder)(() => undefined);
    for (let attempt = 0; attempt < 2; attempt++) await log.append([eventAt(0, { id: 'e1', itemId: 'a' })]);
    await log.close();
    const store = await openStore(logIn(folder));
    expect([store.size(), store.history({ userId: 'ann' }, END).size]).toEqual([1, 1]);
  });

  it('says NOT_DURABLE once closed', async () => {
    const store = await openStore(logIn(await scratch.folder()));
    await store.close();
    const failed = await store.append([eventAt(0, { id: 'e1' })]).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AttuneError);
    expect(failed).toMatchObject({ code: 'NOT_DURABLE', detail: expect.stringContaining('is closed') });
    expect(store.size()).toBe(0);
  });

  it('refuses an event without a time before anything is written', async () => {
    const store = await openStore(logIn(await scratch.folder()));
    const wrong = { id: 'e2', type: 'view', userId: 'ann', at: 'yesterday' };
    await expect(store.append([eventAt(0, { id: 'e1' }), wrong])).rejects.toThrow(/e2/);
    expect(store.size()).toBe(0);
  });
});

/** A log whose writes wait until the test lets them land or fail. */
class HeldLog implements RecordLog {
  readonly writes: { readonly records: readonly object[]; land(): void; fail(): void }[] = [];

  append(records: readonly object[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.writes.push({ records, land: resolve, fail: () => reject(new Error('no space left: make room')) });
    });
  }
  rewrite(): Promise<void> {
    return Promise.resolve();
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('EmbeddedEventStore on a log that is slow or fails', () => {
  const event: StoredEvent = eventAt(0, { id: 'e1', itemId: 'a' });
  const states = async (...calls: readonly Promise<unknown>[]): Promise<readonly string[]> => {
    // Everything that could settle without the log has settled after a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    return await Promise.all(
      calls.map((call) =>
        Promise.race([
          call.then(
            () => 'done',
            () => 'failed',
          ),
          Promise.resolve('waiting'),
        ]),
      ),
    );
  };

  it('shows and acknowledges an event, and its duplicates, only when it is on disk', async () => {
    const log = new HeldLog();
    const store = await openStore(() => Promise.resolve(log));
    const first = store.append([event]);
    const second = store.append([event]);
    expect(await states(first, second)).toEqual(['waiting', 'waiting']);
    expect([store.size(), store.history({ userId: 'ann' }, END).size]).toEqual([0, 0]);
    log.writes[0]!.land();
    expect([await first, await second]).toEqual([{ created: [true] }, { created: [false] }]);
    expect([store.size(), log.writes.length]).toEqual([1, 1]);
  });

  it('forgets the ids of a failed write, tells both callers, and takes the retry', async () => {
    const log = new HeldLog();
    const store = await openStore(() => Promise.resolve(log));
    const calls = [store.append([event]), store.append([event])];
    log.writes[0]!.fail();
    for (const call of calls)
      await expect(call).rejects.toMatchObject({ code: 'NOT_DURABLE', detail: 'no space left: make room' });
    expect(store.size()).toBe(0);
    const retry = store.append([event]);
    log.writes[1]!.land();
    expect(await retry).toEqual({ created: [true] });
    expect(store.history({ userId: 'ann' }, END).items).toEqual(['a']);
  });

  it('waits for a duplicate in flight also where the call has fresh events of its own', async () => {
    const log = new HeldLog();
    const store = await openStore(() => Promise.resolve(log));
    const first = store.append([event]);
    const second = store.append([event, eventAt(1, { id: 'e2', itemId: 'b' })]);
    log.writes[1]!.land();
    expect(await states(second)).toEqual(['waiting']);
    log.writes[0]!.land();
    expect([await first, await second]).toEqual([{ created: [true] }, { created: [false, true] }]);
  });
});
