import { MINUTE, START, eventAt, eventStoreContract, joined } from '@attune/testkit';
import { AttuneError, type EventStore, type StoredEvent } from '@attune/sdk';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesHolding, Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import type { ErasableLog, OpenLog } from '../record-log.js';
import { EmbeddedEventStore } from './event-store.adapter.js';

const END = START + 1_000 * MINUTE;
const scratch = new Scratch();
const opened: EmbeddedEventStore[] = [];
const warnings: string[] = [];

const logIn =
  (folder: string): OpenLog<ErasableLog> =>
  (onRecord) =>
    DurableLog.open(folder, { onRecord, warn: () => undefined });

async function openStore(openLog: OpenLog<ErasableLog>): Promise<EmbeddedEventStore> {
  const store = await EmbeddedEventStore.open(openLog, { clock: () => END, warn: (line) => warnings.push(line) });
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
      { ...(await store.history({ userId: 'ann' }, END)), rows: undefined },
      { ...(await store.session({ userId: 'ann', sessionId: 's' }, END)), rows: undefined },
      [...(await store.window({ types: ['purchase'], from: 0, to: END })).byRow],
      await store.trainingData(),
      await store.size(),
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
    expect([await store.size(), (await store.history({ userId: 'ann' }, END)).size]).toEqual([1, 1]);
  });

  it('gives such an event once in a scan, and keeps one copy when somebody else is erased', async () => {
    const folder = await scratch.folder();
    const log = await logIn(folder)(() => undefined);
    for (let attempt = 0; attempt < 2; attempt++)
      await log.append([eventAt(0, { id: 'e1' }), eventAt(1, { id: 'e2' })]);
    await log.append([eventAt(0, { id: 'e3', userId: 'bob' })]);
    await log.close();
    const store = await openStore(logIn(folder));
    const ids: string[] = [];
    for await (const page of store.scan()) ids.push(...page.map(({ id }) => id));
    expect(ids).toEqual(['e1', 'e2', 'e3']);
    expect((await store.eventsOf('ann')).map(({ id }) => id)).toEqual(['e1', 'e2']);
    expect(await store.erase('bob')).toEqual({ events: 1, anonymousIds: [] });
    expect(await readFile(join(folder, '000002.log'), 'utf8')).toMatch(/^.*"e1".*\n.*"e2".*\n$/);
  });

  it('leaves nothing of an erased user in any file, and is the same after it was opened again', async () => {
    const folder = await scratch.folder();
    const first = await openStore(logIn(folder));
    const secret = { query: 'the secret query', context: { note: 'a "secret" note' } };
    await first.append([
      eventAt(0, { id: 'secret-1', anonymousId: 'secret-cookie', itemId: 'a' }),
      eventAt(1, { id: 'e2', userId: 'bob', anonymousId: 'secret-cookie', itemId: 'b' }),
      eventAt(2, { id: 'secret-3', userId: 'secret"user', anonymousId: 'secret-cookie', ...secret }),
      eventAt(3, { id: 'e4', userId: 'cat', itemId: 'secretary' }),
    ]);
    await first.close();
    await appendFile(join(folder, '000001.log'), '00000000*{"id":"secret-5","userId":"secret\\"user"');
    const second = await openStore(logIn(folder));
    expect(await second.erase('secret"user')).toEqual({ events: 2, anonymousIds: ['secret-cookie'] });
    for (const text of ['secret-', 'secret\\"user', 'secret query', 'note'])
      expect(await filesHolding(folder, text)).toEqual([]);
    expect(await filesHolding(folder, 'secretary')).toHaveLength(1);
    const answers = async (store: EventStore): Promise<unknown> => [
      { ...(await store.history({ userId: 'bob' }, END)), rows: undefined },
      { ...(await store.history({ userId: 'cat' }, END)), rows: undefined },
      await store.usersOf(['secret-cookie'], END),
      await store.trainingData(),
      await store.size(),
    ];
    const before = await answers(second);
    await second.close();
    expect(await answers(await openStore(logIn(folder)))).toEqual(before);
  });

  it('removes also what an unfinished write left of a user nobody knows', async () => {
    const folder = await scratch.folder();
    const first = await openStore(logIn(folder));
    await first.append([eventAt(0, { id: 'e1' })]);
    await first.close();
    await appendFile(join(folder, '000001.log'), '00000000*{"id":"e2","userId":"half-known');
    const second = await openStore(logIn(folder));
    expect(await filesHolding(folder, 'half-known')).toHaveLength(1);
    expect(await second.erase('half-known')).toEqual({ events: 0, anonymousIds: [] });
    expect([await filesHolding(folder, 'half-known'), await second.size()]).toEqual([[], 1]);
  });

  it('refuses to erase from a log that was damaged meanwhile, and changes nothing', async () => {
    const folder = await scratch.folder();
    const store = await openStore(logIn(folder));
    await store.append([eventAt(0, { id: 'e1' }), eventAt(1, { id: 'e2', userId: 'bob' })]);
    const path = join(folder, '000001.log');
    const damaged = (await readFile(path, 'utf8')).replace('"bob"', '"bib"');
    await writeFile(path, damaged);
    const detail = expect.stringMatching(/000001\.log at byte \d+: .*restore/) as string;
    await expect(store.erase('ann')).rejects.toMatchObject({ code: 'NOT_DURABLE', detail });
    expect([await readFile(path, 'utf8'), await store.size()]).toEqual([damaged, 2]);
    expect((await store.append([eventAt(2, { id: 'e3' })])).created).toEqual([true]);
  });

  it('warns of a listener that throws, and goes on', async () => {
    const store = await openStore(logIn(await scratch.folder()));
    warnings.length = 0;
    store.onAppend(() => {
      throw new Error('cannot count');
    });
    await store.append([eventAt(0, { id: 'e1' })]);
    expect(warnings).toEqual(['A listener of stored events failed: Error: cannot count']);
  });

  it('says NOT_DURABLE once closed', async () => {
    const store = await openStore(logIn(await scratch.folder()));
    await store.close();
    const failed = await store.append([eventAt(0, { id: 'e1' })]).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AttuneError);
    expect(failed).toMatchObject({ code: 'NOT_DURABLE', detail: expect.stringContaining('is closed') });
    expect(await store.size()).toBe(0);
  });

  it('refuses an event without a time before anything is written', async () => {
    const store = await openStore(logIn(await scratch.folder()));
    const wrong = { id: 'e2', type: 'view', userId: 'ann', at: 'yesterday' };
    await expect(store.append([eventAt(0, { id: 'e1' }), wrong])).rejects.toThrow(/e2/);
    expect(await store.size()).toBe(0);
  });
});

/** A log whose writes wait until the test lets them land or fail. */
class HeldLog implements ErasableLog {
  room = true;
  readonly writes: { readonly records: readonly object[]; land(): void; fail(): void }[] = [];

  append(records: readonly object[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.writes.push({ records, land: resolve, fail: () => reject(new Error('no space left: make room')) });
    });
  }
  rewrite(): Promise<void> {
    return Promise.resolve();
  }
  /** Fails while there is no room; has nothing to say of any record. */
  filter(): Promise<void> {
    return this.room ? Promise.resolve() : Promise.reject(new Error('no space left: make room'));
  }
  read(): AsyncIterable<never> {
    throw new Error('nothing can be read');
  }
  eraseTorn(): Promise<void> {
    return Promise.resolve();
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('EmbeddedEventStore on a log that is slow or fails', () => {
  const event: StoredEvent = eventAt(0, { id: 'e1', itemId: 'a' });
  const states = async (...calls: readonly Promise<unknown>[]): Promise<readonly string[]> => {
    const found = calls.map(() => 'waiting');
    calls.forEach((call, i) => {
      call.then(
        () => (found[i] = 'done'),
        () => (found[i] = 'failed'),
      );
    });
    // Everything that can settle without the log has settled after a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    return found;
  };

  it('shows and acknowledges an event, and its duplicates, only when it is on disk', async () => {
    const log = new HeldLog();
    const store = await openStore(() => Promise.resolve(log));
    const first = store.append([event]);
    const second = store.append([event]);
    expect(await states(first, second)).toEqual(['waiting', 'waiting']);
    expect([await store.size(), (await store.history({ userId: 'ann' }, END)).size]).toEqual([0, 0]);
    log.writes[0]!.land();
    expect([await first, await second]).toEqual([{ created: [true] }, { created: [false] }]);
    expect([await store.size(), log.writes.length]).toEqual([1, 1]);
  });

  it('forgets the ids of a failed write, tells both callers, and takes the retry', async () => {
    const log = new HeldLog();
    const store = await openStore(() => Promise.resolve(log));
    const calls = [store.append([event]), store.append([event])];
    log.writes[0]!.fail();
    for (const call of calls)
      await expect(call).rejects.toMatchObject({ code: 'NOT_DURABLE', detail: 'no space left: make room' });
    expect(await store.size()).toBe(0);
    const retry = store.append([event]);
    log.writes[1]!.land();
    expect(await retry).toEqual({ created: [true] });
    expect((await store.history({ userId: 'ann' }, END)).items).toEqual(['a']);
  });

  it('lets what was called before an erasure land first, holds back what was called after, and survives its failure', async () => {
    const log = new HeldLog();
    log.room = false;
    const store = await openStore(() => Promise.resolve(log));
    const first = store.append([event]);
    const erased = store.erase('ann');
    const second = store.append([eventAt(1, { id: 'e2' })]);
    expect(await states(first, erased, second)).toEqual(['waiting', 'waiting', 'waiting']);
    expect(log.writes).toHaveLength(1);
    log.writes[0]!.land();
    await expect(erased).rejects.toMatchObject({ code: 'NOT_DURABLE', detail: 'no space left: make room' });
    expect(await states(first, second)).toEqual(['done', 'waiting']);
    log.writes[1]!.land();
    await second;
    expect([await store.size(), await joined(store.userIds())]).toEqual([2, ['ann']]);
  });

  it('reads again for training what an erasure took away under its hands', async () => {
    const log = new HeldLog();
    const store = await openStore(() => Promise.resolve(log));
    const stored = store.append([event]);
    log.writes[0]!.land();
    await stored;
    const reading = store.trainingData();
    expect(await store.erase('ann')).toEqual({ events: 1, anonymousIds: [] });
    expect((await reading).userIds).toEqual([]);
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
