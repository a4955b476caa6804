import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobAnswer } from '../testing/answers.js';
import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { checkOf, itemsFound } from '../testing/found.js';
import { until, type HttpClient } from '../testing/http.client.js';
import { numberShop } from '../testing/number-shop.js';
import { scratchFolder } from '../testing/scratch.js';
import { Shop } from '../testing/shop.js';
import { manyItems } from '../testing/tiny-shop.js';

const ITEMS = 400;
const POISONED = 'i200';
/** Halves of a batch of 128 that hold the item, down to the item alone. */
const CALLS_TO_FIND_IT = 8;
/** Times a batch is tried, where nothing of it can be embedded. */
const TRIES = 3;

async function ended(gateway: HttpClient, id: string): Promise<JobAnswer> {
  await until(`job ${id} to end`, async () => !['waiting', 'active'].includes((await gateway.job(id)).state));
  return await gateway.job(id);
}

describeDistributed('an item that the embedder fails for', () => {
  const log = join(scratchFolder(), 'poisoned.log');
  const cluster = new Cluster(numberShop());
  const attempts = (): number => readFileSync(log, 'utf8').split('\n').length - 1;
  afterAll(() => cluster.close());

  it('is named by its job, left alone, and costs no other item its vector', async () => {
    const [gateway] = await Promise.all([cluster.gateway(), cluster.worker({ ATTUNE_E2E_POISONED: log })]);
    const shop = new Shop(() => [gateway]);
    const items = manyItems(ITEMS).map((item) => (item.id === POISONED ? { ...item, title: 'poison' } : item));
    const begun = performance.now();
    const first = await ended(gateway, (await shop.put(items)).jobId!);
    const recoveryMs = performance.now() - begun;
    expect(first).toMatchObject({ state: 'failed', counts: { ok: ITEMS - 1, failed: 1 } });
    expect(first.error).toBe(`item '${POISONED}' could not be embedded: the model cannot read this`);
    expect((await checkOf(gateway, 'vectors:text')).detail).toMatch(`1 of ${ITEMS} `);
    expect(attempts()).toBe(CALLS_TO_FIND_IT);
    // What comes later is embedded as before, and each job tries the item once more, in its batch and alone.
    for (const id of ['later-1', 'later-2']) {
      const later = await ended(gateway, (await shop.put([{ id, title: id }])).jobId!);
      expect(later).toMatchObject({ state: 'failed', counts: { ok: 1, failed: 1 } });
    }
    expect(attempts()).toBe(CALLS_TO_FIND_IT + 4);
    // Alone it is tried a few times, and then it waits for the next look.
    const { jobId } = await gateway.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'embed' });
    expect((await ended(gateway, jobId)).error).toBe(first.error);
    expect(attempts()).toBe(CALLS_TO_FIND_IT + 4 + TRIES);
    expect((await gateway.expect<{ jobs: object[] }>('GET', '/v1/jobs')).jobs).toHaveLength(4);
    const found = await itemsFound(gateway, shop.items);
    expect(found).toHaveLength(ITEMS + 2);
    recordFault({ fault: 'poisoned item', acknowledged: shop.items.size, found: found.length, recoveryMs });
    // Mended, it is embedded like any other.
    await shop.put([{ id: POISONED, title: 'blue mug' }]);
    await until('it to be embedded', async () => (await checkOf(gateway, 'vectors:text')).status === 'ok');
  });
});
