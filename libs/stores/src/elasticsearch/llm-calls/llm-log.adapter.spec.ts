import { joined, llmCallOf, llmLogContract, START } from '@attune/testkit';
import { ArrivalStamps } from '../../distributed/events/arrival.stamps.js';
import { ScratchIndices } from '../../fixtures/scratch-indices.js';
import { describeWith, urlOf } from '../../fixtures/services.js';
import { ElasticsearchConnection } from '../client.js';
import { Expunger } from '../expunger.js';
import { ElasticsearchLlmLog, type ElasticsearchLlmLogOptions } from './llm-log.adapter.js';

const DAY_MS = 86_400_000;

describeWith(['elasticsearch'], 'ElasticsearchLlmLog', () => {
  const scratch = new ScratchIndices();
  const { connection, prefix } = scratch;
  const warnings: string[] = [];
  const warn = (line: string): unknown => warnings.push(line);
  const expunger = new Expunger(connection, warn);
  const opened: ElasticsearchLlmLog[] = [];
  let now = START;
  let processes = 0;

  const openLog = async (
    options: Partial<ElasticsearchLlmLogOptions> = {},
    to: ElasticsearchConnection = connection,
  ): Promise<ElasticsearchLlmLog> => {
    const clock = (): number => now;
    const arrivals = new ArrivalStamps(clock, `p${processes++}`);
    const own = { clock, arrivals, warn, expunger, tenant: scratch.tenant() };
    const log = await ElasticsearchLlmLog.open(to, { ...own, ...options });
    opened.push(log);
    return log;
  };
  const idsIn = async (log: ElasticsearchLlmLog): Promise<readonly string[]> =>
    (await joined(log.scan())).map(({ id }) => id);

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

  for (const { name, run } of llmLogContract(() => openLog())) it(name, run);

  it('gives what another process wrote, an index a day, for as many days as it is told', async () => {
    const tenant = scratch.tenant();
    const options = { tenant, retention: { days: 2 } };
    const [one, two] = [await openLog(options), await openLog(options)];
    for (let day = 0; day < 3; day++) {
      one.record(llmCallOf(`one${day}`, { prompt: 'p@1' }));
      now++;
      two.record(llmCallOf(`two${day}`, { userId: 'ann' }));
      await one.flush();
      await two.flush();
      now += DAY_MS;
    }
    now -= DAY_MS;
    expect(await idsIn(one)).toEqual(['one1', 'two1', 'one2', 'two2']);
    expect((await two.recent(9, 'p@1')).map(({ id }) => id)).toEqual(['one2', 'one1']);
    const found = await connection.read((client) => client.indices.get({ index: `${prefix}-${tenant}-*` }));
    expect(Object.keys(found).sort()).toEqual(
      ['02', '03'].map((day) => `${prefix}-${tenant}-llm-calls-2026.01.${day}`),
    );
    expect([await one.erase({ userIds: ['ann'] }), (await two.stats()).calls]).toEqual([2, 2]);
  });

  it('forgets what waits, or is being written, of people whom another process erased', async () => {
    const tenant = scratch.tenant();
    const [one, two] = [await openLog({ tenant }), await openLog({ tenant })];
    // No timer rings: what waits is written when this test says so, however slow all of it is.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    for (const userId of ['ann', 'bob']) one.record(llmCallOf(`of ${userId}`, { userId }));
    expect(await two.erase({ userIds: ['ann'] })).toBe(0);
    await Promise.all([one.flush(), one.forget({ userIds: ['ann'] })]);
    expect(await idsIn(two)).toEqual(['of bob']);
  });

  it('holds what cannot be written until it can be, and says so once', async () => {
    const nowhere = new ElasticsearchConnection({ url: urlOf('elasticsearch'), prefix });
    const log = await openLog({}, nowhere);
    await nowhere.close();
    for (let n = 0; n < 10_003; n++) log.record(llmCallOf(`c${n}`));
    await expect(log.flush()).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    await expect(log.recent(3)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await log.close();
    expect(warnings).toEqual([expect.stringContaining('Calls of language models are not logged at the moment')]);
  });

  it('drops, counts and names what Elasticsearch will never take, and writes the rest', async () => {
    const log = await openLog();
    log.record(llmCallOf('1'));
    log.record(llmCallOf('2', { prompt: 'x'.repeat(40_000) }));
    log.record(llmCallOf('3'));
    expect([await idsIn(log), (await log.stats()).dropped]).toEqual([['1', '3'], 1]);
    expect(warnings).toEqual(['Elasticsearch refused 1 calls of language models: they are not logged']);
  });
});
