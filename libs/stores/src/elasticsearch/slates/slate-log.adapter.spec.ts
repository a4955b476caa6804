import { slateLogContract, slateOf, START } from '@attune/testkit';
import type { LoggedSlate } from '@attune/sdk';
import { ArrivalStamps } from '../../distributed/events/arrival.stamps.js';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith, urlOf } from '../../fixtures/services.js';
import { ElasticsearchConnection } from '../client.js';
import { Expunger } from '../expunger.js';
import { ElasticsearchSlateLog, type ElasticsearchSlateLogOptions } from './slate-log.adapter.js';

const DAY_MS = 86_400_000;

async function idsIn(log: ElasticsearchSlateLog): Promise<readonly string[]> {
  const slates: LoggedSlate[] = [];
  for await (const page of log.scan()) slates.push(...page);
  return slates.map(({ slateId }) => slateId);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describeWith(['elasticsearch'], 'ElasticsearchSlateLog', () => {
  const scratch = new ScratchIndices();
  const { connection, prefix } = scratch;
  const warnings: string[] = [];
  const warn = (line: string): unknown => warnings.push(line);
  const expunger = new Expunger(connection, warn);
  const opened: ElasticsearchSlateLog[] = [];
  let now = START;

  let processes = 0;
  const common = (): Omit<ElasticsearchSlateLogOptions, 'tenant'> => {
    const clock = (): number => now;
    return { clock, arrivals: new ArrivalStamps(clock, `p${processes++}`), warn, expunger };
  };
  const openLog = async (options: Partial<ElasticsearchSlateLogOptions> = {}): Promise<ElasticsearchSlateLog> => {
    const tenant = scratch.tenant();
    const log = await ElasticsearchSlateLog.open(connection, { ...common(), tenant, ...options });
    opened.push(log);
    return log;
  };
  const indicesOf = async (tenant: string): Promise<readonly string[]> =>
    Object.keys(await connection.read((client) => client.indices.get({ index: `${prefix}-${tenant}-slates-*` })))
      .map((index) => index.slice(-10))
      .sort();

  beforeEach(() => {
    now = START;
    warnings.length = 0;
  });
  afterEach(async () => {
    jest.useRealTimers();
    for (const log of opened.splice(0)) await log.close();
  });
  afterAll(async () => {
    await expunger.close();
    await scratch.clear();
  });

  for (const { name, run } of slateLogContract(() => openLog())) it(name, run);

  it('gives what another process wrote, in order of recording, an index a day of recording', async () => {
    const [one, two] = [await openLog({ tenant: 'shared' }), await openLog({ tenant: 'shared' })];
    const slates = [0, 1, 2, 3].map((n) => slateOf(`s${n}`, { at: '2020-01-01T00:00:00.000Z', userId: `u${n % 2}` }));
    for (const [n, slate] of slates.entries()) {
      (n % 2 === 0 ? one : two).record(slate);
      now += DAY_MS / 2;
    }
    await Promise.all([one.flush(), two.flush()]);
    expect(await indicesOf('shared')).toEqual(['2026.01.01', '2026.01.02']);
    expect(await one.get('s1')).toEqual(slates[1]);
    expect([await idsIn(one), await two.recent(3)]).toEqual([['s0', 's1', 's2', 's3'], slates.slice(1).toReversed()]);
    expect(await two.erase({ userIds: ['u0'], anonymousIds: [] })).toBe(2);
    expect([await idsIn(one), await one.get('s0')]).toEqual([['s1', 's3'], undefined]);
    expect((await one.stats()).slates).toBe(2);
  });

  it('tells of what other processes record, once each, and not of its own', async () => {
    const [one, two] = [await openLog({ tenant: 'told' }), await openLog({ tenant: 'told' })];
    const slates = [0, 1, 2].map((n) => slateOf(`s${n}`, { at: '2020-01-01T00:00:00.000Z' }));
    const told: LoggedSlate[] = [];
    const ends = [
      two.onRecord(() => {
        throw new Error('no ear');
      }),
    ];
    const all = new Promise<void>((resolve) => {
      ends.push(two.onRecord((slate) => void (told.push(slate) === slates.length && resolve())));
    });
    one.record(slates[0]!);
    two.record(slateOf('own'));
    await Promise.all([one.flush(), two.flush()]);
    await until(() => Promise.resolve(told.length === 1));
    for (const slate of slates.slice(1)) one.record(slate);
    await one.flush();
    await all;
    for (const end of ends) end();
    expect(told).toEqual(slates);
    expect([...new Set(warnings)]).toEqual(['A listener of recorded slates failed: Error: no ear']);
  });

  it('forgets what waits, or is being written, of people whom another process erased', async () => {
    const [one, two] = [await openLog({ tenant: 'forgetting' }), await openLog({ tenant: 'forgetting' })];
    // No timer rings: what waits is written when this test says so, however slow all of it is.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    one.record(slateOf('s1', { userId: 'ann' }));
    one.record(slateOf('s2', { userId: 'bob' }));
    const who = { userIds: ['ann'], anonymousIds: ['x'] };
    expect(await two.erase(who)).toBe(0);
    const writing = one.flush();
    await Promise.all([writing, one.forget(who)]);
    expect([await idsIn(two), await one.get('s1')]).toEqual([['s2'], undefined]);
    one.record(slateOf('s3', { anonymousId: 'x' }));
    await one.forget(who);
    expect(await idsIn(one)).toEqual(['s2']);
  });

  it('writes by itself: 256 slates at once, fewer after a while', async () => {
    const [log, other] = [await openLog({ tenant: 'alone' }), await openLog({ tenant: 'alone' })];
    for (let n = 0; n < 256; n++) log.record(slateOf(`full-${n}`));
    await until(async () => (await other.get('full-255')) !== undefined);
    log.record(slateOf('single'));
    await until(async () => (await other.get('single')) !== undefined);
    expect(warnings).toEqual([]);
  });

  it('keeps as many days as it is told; two that remove them at once are no trouble', async () => {
    const options = { tenant: 'aging', retention: { days: 3 } };
    const [log, other] = [await openLog(options), await openLog(options)];
    for (let day = 0; day < 5; day++) {
      log.record(slateOf(`s${day}`));
      other.record(slateOf(`o${day}`));
      await Promise.all([log.flush(), other.flush()]);
      now += DAY_MS;
    }
    now -= DAY_MS;
    expect([...(await idsIn(log))].sort()).toEqual(['o2', 'o3', 'o4', 's2', 's3', 's4']);
    expect([await log.get('s1'), (await log.recent(9)).length, (await log.stats()).slates]).toEqual([undefined, 6, 6]);
    expect([await indicesOf('aging'), warnings]).toEqual([['2026.01.03', '2026.01.04', '2026.01.05'], []]);
  });

  it('removes the oldest days where there are too many bytes, never what is written to right now', async () => {
    const log = await openLog({ tenant: 'large', retention: { bytes: 1 } });
    for (let day = 0; day < 3; day++) {
      log.record(slateOf(`s${day}`));
      await log.flush();
      now += DAY_MS;
    }
    expect([await idsIn(log), await indicesOf('large')]).toEqual([['s2'], ['2026.01.03']]);
  });

  it('holds what cannot be written until it can be, says so once, and drops what is too much', async () => {
    const nowhere = new ElasticsearchConnection({ url: urlOf('elasticsearch'), prefix });
    const log = await ElasticsearchSlateLog.open(nowhere, { ...common(), tenant: 'cut' });
    await nowhere.close();
    for (let n = 0; n < 10_003; n++) log.record(slateOf(`s${n}`));
    await expect(log.flush()).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    expect((await log.get('s9999'))?.slateId).toBe('s9999');
    await expect(log.get('s10000')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(log.recent(3)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(warnings).toEqual([expect.stringContaining('Slates are not logged at the moment')]);
    await log.close();
  });

  it('writes what waited through an outage, once it is over', async () => {
    const log = await openLog({ tenant: 'outage' });
    log.record(slateOf('s1'));
    const write = jest.spyOn(connection, 'write').mockRejectedValueOnce(new Error('gone for a moment'));
    await expect(log.flush()).rejects.toThrow('gone for a moment');
    write.mockRestore();
    log.record(slateOf('s2'));
    expect([await idsIn(log), await log.stats()]).toEqual([['s1', 's2'], expect.objectContaining({ dropped: 0 })]);
  });

  it('drops, counts and names what Elasticsearch will never take, and writes the rest', async () => {
    const log = await openLog();
    log.record(slateOf('s1'));
    log.record(slateOf('s2', { surface: 'x'.repeat(40_000) }));
    log.record(slateOf('s3'));
    expect([await idsIn(log), (await log.stats()).dropped]).toEqual([['s1', 's3'], 1]);
    expect(warnings).toEqual(['Elasticsearch refused 1 slates: they are not logged']);
  });

  it('finds and gives slates whose ids are long or odd', async () => {
    const log = await openLog();
    const slates = ['🙂'.repeat(256), '#', '__proto__', ' '].map((id) => slateOf(id));
    for (const slate of slates) log.record(slate);
    await log.flush();
    for (const slate of slates) expect(await log.get(slate.slateId)).toEqual(slate);
  });
});
