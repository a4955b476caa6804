import { eventAt } from '@attune/testkit';
import { describeWith, freshPrefix, PATIENT_MS, urlOf } from '../fixtures/services.js';
import type { LoggedEvent, SubjectName, SubjectRecord } from '../distributed/events/subject.js';
import { HotKeys } from './hot-keys.js';
import { HotStore } from './hot-store.js';
import { RedisConnection } from './redis.connection.js';

const ANN: SubjectName = 'u:ann';
const NOTHING: SubjectRecord = { entries: [], joins: [], links: [], from: -Infinity };

describeWith(['redis'], 'HotStore', () => {
  const url = urlOf('redis') || 'redis://127.0.0.1:9';
  const redis = new RedisConnection({ url, prefix: freshPrefix(), commandTimeoutMs: PATIENT_MS });
  let tenants = 0;
  let stamps = 0;
  const used: HotKeys[] = [];
  beforeAll(async () => await redis.open());
  afterAll(async () => {
    const keys = (await Promise.all(used.map(({ pattern }) => redis.client.keys(pattern)))).flat();
    if (keys.length > 0) await redis.client.del(...keys);
    redis.close();
  });

  function open(): HotStore {
    const keys = new HotKeys(redis.options.prefix, `tenant ${tenants++} {*}`);
    used.push(keys);
    return new HotStore(redis, keys, {
      limits: { events: 10, links: 10 },
      stamp: () => `stamp${stamps++}`,
      daysOf: () => [],
    });
  }

  const logged = (n: number): LoggedEvent => ({
    arrival: `00${n}`,
    event: eventAt(n, { id: `e${n}`, itemId: `i${n}` }),
  });
  const itemsIn = async (hot: HotStore): Promise<readonly string[] | undefined> =>
    (await hot.read([ANN], new Map())).get(ANN)?.record.entries.flatMap(({ items }) => items);

  async function filled(hot: HotStore, record = NOTHING): Promise<void> {
    const [epoch = ''] = await hot.follow([ANN]);
    await hot.fill(new Map([[ANN, { epoch, record }]]));
  }

  it('keeps only who was asked for, each event once, in any order', async () => {
    const hot = open();
    await hot.apply([logged(1)], hot.erased);
    expect(await itemsIn(hot)).toBeUndefined();
    await filled(hot);
    await hot.apply([logged(3), logged(2)], hot.erased);
    await hot.apply([logged(2)], hot.erased);
    expect(await itemsIn(hot)).toEqual(['i2', 'i3']);
  });

  it('has what came while it was filled', async () => {
    const hot = open();
    const [epoch = ''] = await hot.follow([ANN]);
    await hot.apply([logged(1)], hot.erased);
    expect(await itemsIn(hot)).toBeUndefined();
    await hot.fill(new Map([[ANN, { epoch, record: NOTHING }]]));
    expect(await itemsIn(hot)).toEqual(['i1']);
  });

  it('does not take a filling that was read before somebody was erased', async () => {
    const hot = open();
    const [epoch = ''] = await hot.follow([ANN]);
    await hot.bar([ANN]);
    expect(await hot.follow([ANN])).toEqual([undefined]);
    await hot.unbar([ANN], []);
    await hot.fill(new Map([[ANN, { epoch, record: NOTHING }]]));
    expect(await itemsIn(hot)).toBeUndefined();
  });

  it('does not take an event whose log may have lost it again since', async () => {
    const hot = open();
    const { erased } = hot;
    await hot.bar([ANN]);
    await hot.unbar([ANN], []);
    await filled(hot);
    await hot.apply([logged(1)], erased);
    expect(await itemsIn(hot)).toBeUndefined();
    await filled(hot);
    await hot.apply([logged(1)], hot.erased);
    expect(await itemsIn(hot)).toEqual(['i1']);
  });

  it('gives the same object until something changes', async () => {
    const hot = open();
    await filled(hot);
    const first = await hot.read([ANN], new Map());
    expect((await hot.read([ANN], first)).get(ANN)).toBe(first.get(ANN));
    await hot.apply([logged(1)], hot.erased);
    expect((await hot.read([ANN], first)).get(ANN)).not.toBe(first.get(ANN));
  });
});
