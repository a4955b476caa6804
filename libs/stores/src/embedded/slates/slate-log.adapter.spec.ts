import { slateLogContract, slateOf, START } from '@attune/testkit';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedSlate } from '@attune/sdk';
import { filesHolding, Scratch } from '../../fixtures/scratch.js';
import { EmbeddedSlateLog, type SlateLogOptions } from './slate-log.adapter.js';

const DAY_MS = 86_400_000;
const scratch = new Scratch();
const opened: EmbeddedSlateLog[] = [];
const warnings: string[] = [];
let now = START;

async function openLog(folder: string, options: Partial<SlateLogOptions> = {}): Promise<EmbeddedSlateLog> {
  const warn = (line: string): unknown => warnings.push(line);
  const log = await EmbeddedSlateLog.open({ folder, clock: () => now, warn, ...options });
  opened.push(log);
  return log;
}

async function idsIn(log: EmbeddedSlateLog): Promise<readonly string[]> {
  const slates: LoggedSlate[] = [];
  for await (const page of log.scan()) slates.push(...page);
  return slates.map(({ slateId }) => slateId);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

beforeEach(() => {
  now = START;
  warnings.length = 0;
});
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await scratch.clear();
});

describe('EmbeddedSlateLog', () => {
  for (const { name, run } of slateLogContract(async () => await openLog(await scratch.folder()))) it(name, run);

  it('has the same slates after it was closed and opened, a folder a day of receipt', async () => {
    const folder = await scratch.folder();
    const first = await openLog(folder);
    const slates = [0, 1, 2].map((n) => slateOf(`s${n}`, { at: '2020-01-01T00:00:00.000Z', userId: `u${n}` }));
    for (const slate of slates) {
      first.record(slate);
      now += DAY_MS / 2;
    }
    await first.close();
    expect(await readdir(folder)).toEqual(['2026-01-01', '2026-01-02']);
    const second = await openLog(folder);
    expect(await idsIn(second)).toEqual(['s0', 's1', 's2']);
    expect(await second.get('s1')).toEqual(slates[1]);
    expect(await second.recent(2)).toEqual([slates[2], slates[1]]);
    expect(await second.stats()).toEqual({ ...(await first.stats()), dropped: 0 });
  });

  it('writes by itself: 256 slates at once, fewer after a while', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder);
    for (let n = 0; n < 256; n++) log.record(slateOf(`full-${n}-`));
    const path = join(folder, '2026-01-01', '000001.log');
    const holds = async (text: string): Promise<boolean> =>
      (await readFile(path, 'utf8').catch(() => '')).includes(text);
    await until(async () => await holds('full-255-'));
    log.record(slateOf('single'));
    await until(async () => await holds('single'));
    expect(warnings).toEqual([]);
  });

  it('drops and counts what the disk cannot take in time, and nothing else', async () => {
    const log = await openLog(await scratch.folder());
    for (let n = 0; n < 10_003; n++) log.record(slateOf(`s${n}`));
    expect(await log.stats()).toMatchObject({ slates: 10_000, dropped: 3 });
    await log.flush();
    expect((await idsIn(log)).length).toBe(10_000);
    log.record(slateOf('again'));
    expect([(await log.get('again'))?.slateId, await log.get('s10000')]).toEqual(['again', undefined]);
  });

  it('drops, counts and warns of what cannot be written, and says so to who asked', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder);
    await writeFile(join(folder, '2026-01-01'), 'a file where the day should be');
    log.record(slateOf('s1'));
    await expect(log.flush()).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    log.record(slateOf('s2'));
    expect(await idsIn(log)).toEqual([]);
    expect([(await log.stats()).dropped, warnings.length]).toEqual([2, 1]);
    await rm(join(folder, '2026-01-01'));
    log.record(slateOf('s3'));
    expect(await idsIn(log)).toEqual(['s3']);
  });

  it('keeps as many days as it is told, while it runs and at a start', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder, { retention: { days: 3 } });
    for (let day = 0; day < 5; day++) {
      log.record(slateOf(`s${day}`));
      await log.flush();
      now += DAY_MS;
    }
    now -= DAY_MS;
    expect(await idsIn(log)).toEqual(['s2', 's3', 's4']);
    expect([await log.get('s1'), (await log.recent(9)).length, (await log.stats()).slates]).toEqual([undefined, 3, 3]);
    await log.close();
    now += DAY_MS;
    expect(await idsIn(await openLog(folder, { retention: { days: 3 } }))).toEqual(['s3', 's4']);
    expect(await readdir(folder)).toEqual(['2026-01-04', '2026-01-05']);
  });

  it('keeps as many bytes as it is told: the oldest go first, also of the only day', async () => {
    const folder = await scratch.folder();
    const retention = { bytes: 40_000 };
    const log = await openLog(folder, { retention });
    for (let n = 0; n < 400; n++) {
      log.record(slateOf(`s${n}`));
      if (n % 5 === 0) await log.flush();
      if (n === 350) now += DAY_MS;
    }
    await log.flush();
    const ids = await idsIn(log);
    expect(await log.stats()).toMatchObject({ slates: ids.length, dropped: 0 });
    expect((await log.stats()).sizeBytes).toBeLessThanOrEqual(40_000);
    expect(ids.length).toBeGreaterThan(100);
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, n) => `s${400 - ids.length + n}`));
    expect([await log.get('s0'), (await log.get(ids[0]!))?.slateId]).toEqual([undefined, ids[0]]);
    expect((await log.recent(400)).map(({ slateId }) => slateId)).toEqual(ids.toReversed());
    await log.close();
    const again = await openLog(folder, { retention });
    expect([await idsIn(again), (await again.stats()).slates]).toEqual([ids, ids.length]);
    now += DAY_MS;
    for (let n = 400; n < 600; n++) {
      again.record(slateOf(`s${n}`));
      if (n % 5 === 0) await again.flush();
    }
    await again.flush();
    expect((await readdir(folder)).includes('2026-01-01')).toBe(false);
  });

  it('finishes the removal of a day that a crash cut short', async () => {
    const folder = await scratch.folder();
    const first = await openLog(folder);
    first.record(slateOf('s1'));
    await first.close();
    await rename(join(folder, '2026-01-01'), join(folder, 'removed-2026-01-01'));
    await rm(join(folder, 'removed-2026-01-01', 'MANIFEST'));
    await mkdir(join(folder, 'lost+found'));
    expect(await idsIn(await openLog(folder))).toEqual([]);
    expect(await readdir(folder)).toEqual(['lost+found']);
  });

  it('knows by id the newest slates only, so that its memory is bounded; scans and erasures know all', async () => {
    const folder = await scratch.folder();
    const log = await openLog(folder, { indexed: 20 });
    for (let n = 0; n < 100; n++) log.record(slateOf(`s${n}`, { userId: n === 3 ? 'ann' : 'bob' }));
    await log.flush();
    for (let n = 90; n < 100; n++) expect((await log.get(`s${n}`))?.slateId).toBe(`s${n}`);
    expect(await log.get('s79')).toBeUndefined();
    expect((await log.recent(100)).length).toBeLessThanOrEqual(20);
    expect(await log.erase({ userIds: ['ann'], anonymousIds: [] })).toBe(1);
    expect((await log.get('s95'))?.slateId).toBe('s95');
    expect((await idsIn(log)).length).toBe(99);
  });

  it('leaves nothing of erased people in any file, and finds the others afterwards and after a start', async () => {
    const folder = await scratch.folder();
    const first = await openLog(folder);
    for (let n = 0; n < 20; n++) {
      first.record(
        slateOf(`s${n}`, { userId: n % 4 === 0 ? 'secret"user' : 'bob', request: { query: `lamp ${n % 4}.` } }),
      );
      if (n === 9) now += DAY_MS;
    }
    first.record(slateOf('cookie', { anonymousId: 'secret-cookie' }));
    await first.close();
    await appendFile(join(folder, '2026-01-01', '000001.log'), '00000000*{"slateId":"torn","surface":"secret');
    const second = await openLog(folder);
    const anonymousIds = Array.from({ length: 30 }, (_, n) => `other${n}`);
    expect(await second.erase({ userIds: ['secret"user'], anonymousIds: ['secret-cookie', ...anonymousIds] })).toBe(6);
    for (const text of ['secret', 'lamp 0.']) expect(await filesHolding(folder, text)).toEqual([]);
    for (const id of ['s1', 's19']) expect((await second.get(id))?.slateId).toBe(id);
    const ids = await idsIn(second);
    await second.close();
    expect([ids.length, await idsIn(await openLog(folder))]).toEqual([15, ids]);
  });

  it('gives the newest slates while somebody is being erased', async () => {
    const log = await openLog(await scratch.folder());
    for (let n = 0; n < 2_000; n++) log.record(slateOf(`s${n}`, { userId: n % 500 === 0 ? 'ann' : 'bob' }));
    await log.flush();
    const newest = log.recent(2_000);
    expect(await log.erase({ userIds: ['ann'], anonymousIds: [] })).toBe(4);
    const others = (await newest).filter(({ userId }) => userId === 'bob');
    expect(others).toHaveLength(1_996);
  });

  it('names the damaged file at a start', async () => {
    const folder = await scratch.folder();
    const first = await openLog(folder);
    for (const id of ['s1', 's2']) {
      first.record(slateOf(id));
      await first.flush();
    }
    await first.close();
    const path = join(folder, '2026-01-01', '000001.log');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"s1"', '"s9"'));
    const message = expect.stringMatching(/2026-01-01 is damaged, 000001\.log/) as string;
    await expect(openLog(folder)).rejects.toMatchObject({ code: 'LOG_CORRUPT', message });
  });
});
