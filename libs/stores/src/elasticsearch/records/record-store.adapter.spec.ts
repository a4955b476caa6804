import type { RecordDraft } from '@attune/sdk';
import { recordStoreContract } from '@attune/testkit';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith } from '../../fixtures/services.js';
import { ElasticsearchConnection } from '../client.js';
import { Expunger } from '../expunger.js';
import { ElasticsearchRecordStore } from './record-store.adapter.js';

describeWith(['elasticsearch'], 'ElasticsearchRecordStore', () => {
  const scratch = new ScratchIndices();
  const { connection, prefix } = scratch;
  const warnings: string[] = [];
  const expunger = new Expunger(connection, (line) => warnings.push(line));

  const openStore = async (tenant = scratch.tenant()): Promise<ElasticsearchRecordStore> =>
    await ElasticsearchRecordStore.open(connection, tenant, expunger);

  afterAll(async () => {
    await expunger.close();
    await scratch.clear();
    expect(warnings).toEqual([]);
  });

  for (const { name, run } of recordStoreContract(() => openStore())) it(name, run);

  it('shows what another process wrote at once', async () => {
    const [one, two] = [await openStore('shared'), await openStore('shared')];
    await one.put('taste', [{ id: 'a', value: 1, state: 'open', userId: 'ann' }]);
    const [found] = await two.get('taste', ['a']);
    expect([found?.value, await two.list('taste', { limit: 9 })]).toEqual([1, [found]]);
    expect([await two.count('taste', 'open'), (await two.ofUser('ann')).length]).toEqual([1, 1]);
    expect(await two.replace('taste', { id: 'a', value: 2 }, found?.version)).toBe(true);
    expect(await one.replace('taste', { id: 'a', value: 3 }, found?.version)).toBe(false);
    expect([(await one.get('taste', ['a']))[0]?.value, await one.count('taste', 'open')]).toEqual([2, 0]);
  });

  it('lets one of many processes replace a version', async () => {
    const processes = await Promise.all(Array.from({ length: 20 }, () => openStore('contested')));
    let version: string | undefined;
    for (let round = 0; round < 5; round++) {
      const done = await Promise.all(processes.map((each, n) => each.replace('taste', { id: 'a', value: n }, version)));
      expect(done.filter(Boolean)).toHaveLength(1);
      const [found] = await processes[round]!.get('taste', ['a']);
      expect(found?.value).toBe(done.indexOf(true));
      version = found?.version;
    }
  });

  it('erases nothing of what somebody else got meanwhile, and all that is the user’s', async () => {
    const [one, two] = [await openStore('busy'), await openStore('busy')];
    const ids = Array.from({ length: 600 }, (_, n) => `r${n}`);
    const of = (userId: string): readonly RecordDraft[] => ids.map((id) => ({ id, value: id, userId }));
    await one.put('taste', of('ann'));
    const [erased] = await Promise.all([one.erase(['ann']), two.put('taste', of('bob').slice(300))]);
    expect(await one.ofUser('ann')).toEqual([]);
    expect((await one.ofUser('bob')).length).toBe(300);
    expect(erased).toBeGreaterThanOrEqual(300);
  });

  it('gets what it erased off the disk, and what was the user’s before', async () => {
    const store = await openStore('erased');
    const index = `${prefix}-erased-records`;
    const documents = async (): Promise<unknown> => {
      const { _all: all } = await connection.read((client) => client.indices.stats({ index, metric: 'docs' }));
      return { count: all.primaries?.docs?.count, deleted: all.primaries?.docs?.deleted };
    };
    await store.put('taste', [
      { id: 'ann', value: 1, userId: 'ann' },
      { id: 'bob', value: 1, userId: 'bob' },
    ]);
    await connection.write((client) => client.indices.flush({ index }));
    await store.put('taste', [{ id: 'bob', value: 2 }]);
    expect([await store.erase(['ann']), await store.erase(['bob'])]).toEqual([1, 0]);
    await expunger.settled();
    expect(await documents()).toEqual({ count: 1, deleted: 0 });
    // As long as the expunger is patient: when a server lets go of what was deleted is its own affair.
  }, 240_000);

  it('asks for many records, and large ones, in parts', async () => {
    const store = await openStore();
    const records = Array.from({ length: 1_200 }, (_, n) => ({ id: `r${n}`, value: n < 20 ? 'x'.repeat(262_000) : n }));
    await store.put('draft', records);
    const found = await store.get('draft', ['none', ...records.map(({ id }) => id)]);
    expect(found.map((record) => record?.value)).toEqual([undefined, ...records.map(({ value }) => value)]);
    expect((await store.list('draft', { limit: 1_000 })).length).toBe(1_000);
  });

  it('says so where Elasticsearch cannot be reached, and takes nothing for absent', async () => {
    const store = await openStore('gone');
    await connection.write((client) => client.indices.delete({ index: `${prefix}-gone-records-000001` }));
    const unavailable = { code: 'STORE_UNAVAILABLE' };
    await expect(store.get('taste', ['a'])).rejects.toMatchObject(unavailable);
    await expect(store.list('taste', { limit: 9 })).rejects.toMatchObject(unavailable);
    await expect(store.count('taste')).rejects.toMatchObject(unavailable);
    await expect(store.ofUser('ann')).rejects.toMatchObject(unavailable);
    const nowhere = new ElasticsearchConnection({ url: 'http://127.0.0.1:1', prefix });
    await expect(ElasticsearchRecordStore.open(nowhere, 'x', expunger)).rejects.toMatchObject(unavailable);
    await nowhere.close();
  });
});
