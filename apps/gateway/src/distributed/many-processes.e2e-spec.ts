import { idsOf, type SlateAnswer } from '../testing/answers.js';
import { Cluster, describeDistributed } from '../testing/cluster.js';
import { until, WANT_OF_TIME } from '../testing/http.client.js';
import { slatesDuring } from '../testing/slate-watch.js';
import type { Gateway } from '../testing/start-gateway.js';
import { TINY_ITEMS } from '../testing/tiny-shop.js';

/** Less than a gateway keeps what it has read before it reads it again, which would show a change that was not heard of. */
const HEARD_MS = 50_000;

describeDistributed('gateways and a worker on shared services', () => {
  const cluster = new Cluster();
  let one: Gateway;
  let two: Gateway;
  let worker: Gateway;

  beforeAll(async () => {
    // The first makes the indices; the others come while it serves.
    one = await cluster.gateway();
    [two, worker] = await Promise.all([cluster.gateway(), cluster.worker()]);
    await one.putItems(TINY_ITEMS);
  });
  afterAll(() => cluster.close());

  it('what is put into one gateway is embedded by the worker and found at the other', async () => {
    const { items } = await two.search({ query: 'something for a picnic', limit: 3 });
    expect(items.length).toBeGreaterThan(0);
    const found = await two.search({ query: 'lunch box', limit: 2 });
    expect(idsOf(found).toSorted()).toEqual(['lunch-blue', 'lunch-red']);
    const red = { 'attributes.color': 'red' };
    for (const gateway of [one, two])
      expect(idsOf(await gateway.search({ query: 'lunch box', filter: red, limit: 5 }))).toContain('lunch-red');
  });

  it('an event that one gateway acknowledged is in the next slate of the other', async () => {
    for (let n = 0; n < 20; n++) {
      const userId = `u${n}`;
      let nth = 0;
      // The first answer counts; where it had no time to look, the next event's.
      await until('a whole slate', async () => {
        const itemId = TINY_ITEMS[(n + nth) % TINY_ITEMS.length]!.id;
        await one.send({ id: nth === 0 ? `e${n}` : `e${n}-${nth}`, type: 'hide', userId, itemId });
        nth++;
        const asked = { surface: 'home', userId, limit: 10 };
        const { status, body } = await two.call<SlateAnswer>('POST', '/v1/recommendations', asked);
        expect(status).toBe(200);
        if (body.degraded.some(({ code }) => WANT_OF_TIME.has(code))) return false;
        expect(idsOf(body)).not.toContain(itemId);
        return true;
      });
    }
    expect(await two.send({ id: 'e0', type: 'hide', userId: 'u0', itemId: TINY_ITEMS[0].id })).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
  });

  it('a diagnosis tells what the hot store holds', async () => {
    const { checks } = await one.expect<{ checks: readonly { id: string; detail: string }[] }>('GET', '/v1/diagnosis');
    const { detail } = checks.find(({ id }) => id === 'hot-store')!;
    expect(detail).toMatch(/^about 0\.\d MB, /);
    // Of the events sent above: 20 users were told apart.
    expect(detail).toMatch(/\b20 histories of users 0\.\d MB/);
  });

  it('a change of an item at one gateway shows at the other', async () => {
    await one.putItems([{ ...TINY_ITEMS[5], id: 'new-lamp' }]);
    await two.expect('GET', '/v1/items/new-lamp');
    await one.expect('PATCH', '/v1/items/new-lamp', { available: false, title: 'Reading light' });
    await until(
      'the change to be heard of',
      async () => {
        const { title } = await two.expect<{ title: string }>('GET', '/v1/items/new-lamp');
        return title === 'Reading light';
      },
      { limitMs: HEARD_MS },
    );
    expect(idsOf(await two.slate({ surface: 'home', userId: 'nobody', limit: 20 }))).not.toContain('new-lamp');
  });

  it('consent withdrawn at one gateway is in force at the other', async () => {
    await one.send({ id: 'c1', type: 'purchase', userId: 'shy', itemId: 'mug' });
    await two.slate({ surface: 'home', userId: 'shy', limit: 5 });
    await one.expect('PUT', '/v1/users/shy', { consent: { profiling: false } });
    const { degraded } = await two.slate({ surface: 'home', userId: 'shy', limit: 5 });
    expect(degraded.map(({ code }) => code)).toContain('NO_PROFILING');
  });

  it('a model that the worker trains is served by both gateways, without a failed request', async () => {
    const deals = Array.from({ length: 40 }, (_, n) => ({
      ...{ id: `t${n}`, type: 'purchase', userId: `buyer${n % 20}` },
      itemId: n < 20 ? 'lunch-red' : 'bottle',
    }));
    await one.send(...deals);
    const asked = { surface: 'home', userId: 'buyer1', limit: 5 };
    for (const gateway of [one, two])
      await until('the purchases to be counted', async () => (await gateway.slate(asked)).items.length > 0);
    const seen = await slatesDuring({ gateways: () => [one, two], asked }, async (seenSoFar) => {
      const { jobId } = await two.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train' });
      await one.completed(jobId);
      for (const gateway of [one, two])
        await until('the model to be in use', async () => {
          const { degraded } = await gateway.slate(asked);
          return degraded.every(({ code }) => code !== 'ARTIFACT_MISSING');
        });
      const { slates } = seenSoFar;
      await until('a slate of each', () => seenSoFar.slates > slates + 2);
    });
    // An empty slate is an answer: the steps of this surface have little time.
    expect(seen.faults.filter((fault) => !fault.startsWith('empty: '))).toEqual([]);
  });

  it('jobs, results and erasures are the same on every gateway', async () => {
    const { jobId } = await one.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'recommend', surface: 'home' });
    await two.completed(jobId);
    const lines = (await (await fetch(`${two.url}/v1/jobs/${jobId}/result`)).text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { userId: string }).userId)).toContain('u3');
    // What this user hid, others are shown.
    const showsTo = async (userId: string) => idsOf(await two.slate({ surface: 'home', userId, limit: 10 }));
    await until('others to see it', async () => (await showsTo('nobody')).includes(TINY_ITEMS[3].id));
    const erased = await one.expect<{ jobId: string }>('DELETE', '/v1/users/u3');
    await two.completed(erased.jobId);
    expect((await two.call('GET', '/v1/users/u3')).status).toBe(404);
    expect((await two.call('GET', '/v1/users/u3/export')).status).toBe(404);
    expect(await (await fetch(`${one.url}/v1/jobs/${jobId}/result`)).text()).not.toContain('"u3"');
    expect(await showsTo('u3')).toContain(TINY_ITEMS[3].id);
  });

  it('a worker answers probes and nothing else', async () => {
    expect((await worker.call('GET', '/health/ready')).status).toBe(200);
    expect(await (await fetch(`${worker.url}/metrics`)).text()).toContain('attune_jobs_total');
    expect((await worker.call('POST', '/v1/recommendations', { surface: 'home' })).status).toBe(404);
  });
});
