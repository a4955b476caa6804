import { joined, llmCallOf, llmLogContract, START } from '@attune/testkit';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { filesHolding, Scratch } from '../../fixtures/scratch.js';
import { EmbeddedLlmLog, type LlmLogOptions } from './llm-log.adapter.js';

const DAY_MS = 86_400_000;
const scratch = new Scratch();
const opened: EmbeddedLlmLog[] = [];
const warnings: string[] = [];
let now = START;

async function openLog(folder: string, options: Partial<LlmLogOptions> = {}): Promise<EmbeddedLlmLog> {
  const warn = (line: string): unknown => warnings.push(line);
  const log = await EmbeddedLlmLog.open({ folder, clock: () => now, warn, ...options });
  opened.push(log);
  return log;
}

const idsIn = async (log: EmbeddedLlmLog): Promise<readonly string[]> => (await joined(log.scan())).map(({ id }) => id);

beforeEach(() => {
  now = START;
  warnings.length = 0;
});
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await scratch.clear();
});

describe('EmbeddedLlmLog', () => {
  for (const { name, run } of llmLogContract(async () => await openLog(await scratch.folder()))) it(name, run);

  it('has the same calls after it was closed and opened, for 30 days, a folder a day', async () => {
    const folder = await scratch.folder();
    const first = await openLog(folder);
    const calls = [0, 1].map((n) => llmCallOf(`c${n}`, { userId: `u${n}` }));
    for (const call of calls) {
      first.record(call);
      now += DAY_MS;
    }
    await first.close();
    now = START + 29 * DAY_MS;
    const second = await openLog(folder);
    expect([await joined(second.scan()), await second.recent(9)]).toEqual([calls, calls.toReversed()]);
    expect(await readdir(folder)).toEqual(['2026-01-01', '2026-01-02']);
    await second.close();
    now += DAY_MS;
    expect(await idsIn(await openLog(folder))).toEqual(['c1']);
  });

  it('keeps as many bytes as it is told: the oldest go first', async () => {
    const log = await openLog(await scratch.folder(), { retention: { bytes: 40_000 } });
    const sent = [{ role: 'user', content: 'x'.repeat(2_000) }];
    for (let n = 0; n < 60; n++) {
      log.record(llmCallOf(`c${n}`, { sent }));
      await log.flush();
    }
    const ids = await idsIn(log);
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, n) => `c${60 - ids.length + n}`));
    expect([ids.length > 5, (await log.stats()).sizeBytes <= 40_000]).toEqual([true, true]);
  });

  it('leaves nothing of erased people in any file, and nothing of what was sent for them', async () => {
    const folder = await scratch.folder();
    const first = await openLog(folder);
    const about = (text: string) => [{ role: 'user', content: text }];
    for (let n = 0; n < 20; n++) {
      const isHers = n % 4 === 0;
      const sent = about(isHers ? 'likes "velvet" lamps' : 'likes chairs');
      first.record(llmCallOf(`c${n}`, { userId: isHers ? 'secret"user' : 'bob', sent }));
      if (n === 9) now += DAY_MS;
    }
    await first.close();
    await appendFile(join(folder, '2026-01-01', '000001.log'), '00000000*{"id":"torn","prompt":"p","userId":"secret');
    const second = await openLog(folder);
    expect(await second.erase({ userIds: ['secret"user'] })).toBe(5);
    for (const text of ['secret', 'velvet']) expect(await filesHolding(folder, text)).toEqual([]);
    const ids = await idsIn(second);
    await second.close();
    expect([ids.length, await idsIn(await openLog(folder))]).toEqual([15, ids]);
  });

  it('drops and counts what is recorded once it is closed', async () => {
    const log = await openLog(await scratch.folder());
    log.record(llmCallOf('c1'));
    await log.close();
    log.record(llmCallOf('c2'));
    expect(await log.stats()).toMatchObject({ calls: 1, dropped: 1 });
    expect(warnings).toEqual([]);
  });
});
