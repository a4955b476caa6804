import type { User } from '@attune/sdk';
import { userStoreContract } from '@attune/testkit';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { filesHolding, Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import { EmbeddedUserStore } from './user-store.adapter.js';

const scratch = new Scratch();
const opened: EmbeddedUserStore[] = [];

async function openStore(folder: string): Promise<EmbeddedUserStore> {
  const store = await EmbeddedUserStore.open((onRecord) =>
    DurableLog.open(folder, { onRecord, warn: () => undefined }),
  );
  opened.push(store);
  return store;
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await scratch.clear();
});

describe('EmbeddedUserStore', () => {
  for (const { name, run } of userStoreContract(async () => await openStore(await scratch.folder()))) it(name, run);

  it('knows the same users after it was closed and opened, and sets the past aside', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    for (let version = 0; version < 4; version++) await first.upsert([{ id: 'ann', attributes: { version } }]);
    await first.upsert([{ id: 'bob' }, { id: 'cat' }]);
    await first.delete(['cat']);
    for (let version = 4; version < 9; version++) await first.upsert([{ id: 'ann', attributes: { version } }]);
    await first.close();
    const second = await openStore(folder);
    expect([...(await second.get(['ann', 'bob'])), await second.size()]).toEqual([
      { id: 'ann', attributes: { version: 8 } },
      { id: 'bob' },
      2,
    ]);
    expect(await filesHolding(folder, '"version":7')).toEqual([]);
  });

  it('sets the past aside while it is in use, too', async () => {
    const folder = await scratch.folder();
    const store = await openStore(folder);
    const versions = (from: number): User[] =>
      Array.from({ length: 5_010 }, (_, i) => ({ id: 'ann', attributes: { version: from + i } }));
    await store.upsert([{ id: 'bob' }, ...versions(0)]);
    expect(await filesHolding(folder, '"version":5000')).toHaveLength(1);
    await store.upsert(versions(5_010));
    expect(await filesHolding(folder, '"version":5000')).toEqual([]);
    await store.upsert([{ id: 'cat' }]);
    await store.close();
    const again = await openStore(folder);
    expect(await again.size()).toBe(3);
    expect(await again.get(['ann'])).toEqual([{ id: 'ann', attributes: { version: 10_019 } }]);
  });

  it('leaves nothing of a deleted user on disk, of an earlier description or a torn write neither', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    await first.upsert([{ id: 'erased-user', attributes: { street: 'Erased Lane' } }, { id: 'bob' }]);
    await first.upsert([{ id: 'erased-user', attributes: {} }]);
    await first.close();
    await appendFile(join(folder, '000001.log'), '00000000*{"id":"erased-user","attrib');
    const second = await openStore(folder);
    expect((await filesHolding(folder, 'erased-user')).length).toBeGreaterThan(1);
    expect(await second.delete(['erased-user'])).toBe(1);
    expect([await filesHolding(folder, 'erased-user'), await filesHolding(folder, 'Erased Lane')]).toEqual([[], []]);
    expect(await second.get(['bob'])).toEqual([{ id: 'bob' }]);
    await second.close();
    await appendFile(join(folder, (await readdir(folder))[0] ?? ''), '00000000*{"id":"half-known');
    const third = await openStore(folder);
    expect(await filesHolding(folder, 'half-known')).toHaveLength(1);
    expect(await third.delete(['half-known'])).toBe(0);
    expect(await filesHolding(folder, 'half-known')).toEqual([]);
  });

  it('says NOT_DURABLE once closed, and changes nothing', async () => {
    const store = await openStore(await scratch.folder());
    await store.upsert([{ id: 'ann' }]);
    await store.close();
    await expect(store.upsert([{ id: 'bob' }])).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    await expect(store.delete(['ann'])).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    expect(await store.get(['ann', 'bob'])).toEqual([{ id: 'ann' }, undefined]);
  });
});
