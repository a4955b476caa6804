import { userStoreContract } from '@attune/testkit';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith } from '../../fixtures/services.js';
import { ElasticsearchConnection } from '../client.js';
import { Expunger } from '../expunger.js';
import { ElasticsearchUserStore } from './user-store.adapter.js';

describeWith(['elasticsearch'], 'ElasticsearchUserStore', () => {
  const scratch = new ScratchIndices();
  const { connection, prefix } = scratch;
  const warnings: string[] = [];
  const expunger = new Expunger(connection, (line) => warnings.push(line));

  const openStore = async (tenant = scratch.tenant()): Promise<ElasticsearchUserStore> =>
    await ElasticsearchUserStore.open(connection, tenant, expunger);

  afterAll(async () => {
    await expunger.close();
    await scratch.clear();
    expect(warnings).toEqual([]);
  });

  for (const { name, run } of userStoreContract(() => openStore())) it(name, run);

  it('shows what another process wrote at once', async () => {
    const [one, two] = [await openStore('shared'), await openStore('shared')];
    await one.upsert([{ id: 'ann', attributes: { n: 1 } }, { id: 'bob' }]);
    expect(await two.get(['ann'])).toEqual([{ id: 'ann', attributes: { n: 1 } }]);
    await two.upsert([{ id: 'ann', consent: { profiling: false } }]);
    expect(await one.get(['ann', 'bob'])).toEqual([{ id: 'ann', consent: { profiling: false } }, { id: 'bob' }]);
    expect([await one.withoutConsent(), await two.delete(['bob'])]).toEqual([new Set(['ann']), 1]);
    expect([await one.get(['bob']), await one.size()]).toEqual([[undefined], 1]);
  });

  it('keeps ids of any length and attributes of any name apart', async () => {
    const store = await openStore();
    const users = ['🙂'.repeat(256), '🙂'.repeat(255), '#x', '__proto__', 'a'.repeat(256)].map((id) => ({
      id,
      attributes: { ['__proto__']: 'x', 'a.b': 1, '': [], ' ': ['🙂', false] },
      consent: { profiling: false },
    }));
    await store.upsert(users);
    const ids = users.map(({ id }) => id);
    expect(JSON.stringify(await store.get(ids))).toBe(JSON.stringify(users));
    expect(await store.withoutConsent()).toEqual(new Set(ids));
    expect([await store.delete(ids), await store.size()]).toEqual([5, 0]);
  });

  it('names all who do not consent, and asks for many at once', async () => {
    const store = await openStore();
    const users = Array.from({ length: 6_000 }, (_, n) => ({ id: `u${n}`, consent: { profiling: n % 6 === 0 } }));
    await store.upsert(users);
    const ids = users.map(({ id }) => id);
    expect(await store.get(['none', ...ids])).toEqual([undefined, ...users]);
    const refusing = users.filter(({ consent }) => !consent.profiling).map(({ id }) => id);
    expect([...(await store.withoutConsent())].sort()).toEqual(refusing.sort());
  });

  it('says so where Elasticsearch cannot be reached, and takes nobody for unknown', async () => {
    const store = await openStore('gone');
    await connection.write((client) => client.indices.delete({ index: `${prefix}-gone-users-000001` }));
    await expect(store.get(['ann'])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const nowhere = new ElasticsearchConnection({ url: 'http://127.0.0.1:1', prefix });
    await expect(ElasticsearchUserStore.open(nowhere, 'x', expunger)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    await nowhere.close();
  });
});
