import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idsOf, type ProblemAnswer } from './testing/answers.js';
import { folderState, lastEventLog } from './testing/folder-state.js';
import { runToTheEnd, type Ending } from './testing/gateway.process.js';
import type { EventSent } from './testing/http.client.js';
import { writeShop } from './testing/scratch.js';
import { startGateway } from './testing/start-gateway.js';
import { purchasesOf, TINY_ITEMS, tinySurface } from './testing/tiny-shop.js';

type Files = ReturnType<typeof writeShop>;
const newShop = (): Files => writeShop({ surfaces: { home: tinySurface('home') } });
const purchases: readonly EventSent[] = Array.from({ length: 30 }, (_, i) => ({
  id: `e-${i}`,
  type: 'purchase',
  userId: `u-${i % 5}`,
  itemId: TINY_ITEMS[i % TINY_ITEMS.length]!.id,
}));

/** A shop with a past, stopped, of which each test damages a copy; each event was a write of its own. */
const past = newShop();
beforeAll(async () => {
  const gateway = await startGateway(past);
  await gateway.putItems(TINY_ITEMS);
  for (const event of purchases) await gateway.send(event);
  await gateway.stop();
});
function shopWithPast(): Files {
  const files = newShop();
  cpSync(past.data, files.data, { recursive: true });
  return files;
}

/** The one line a server gave up with. */
function lastWords({ code, stderr }: Ending): string {
  expect(code).toBe(1);
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^attune: /);
  return lines[0]!;
}

it('goes on after a log whose end was cut off: what was cut is told, set aside and may be sent again', async () => {
  const files = shopWithPast();
  const { path, sizeBytes } = lastEventLog(files.data);
  truncateSync(path, sizeBytes - 12);
  const gateway = await startGateway(files);
  expect(gateway.process.stderr).toMatch(/unfinished write .* was set aside in 000001\.log\.torn-/);
  expect(await gateway.send(...purchases)).toMatchObject({ accepted: 1, duplicates: purchases.length - 1 });
  const { trace } = await gateway.slate({ surface: 'home', userId: 'stranger', trace: true });
  expect([...purchasesOf(trace!).values()]).toEqual(TINY_ITEMS.map(() => purchases.length / TINY_ITEMS.length));
  await gateway.stop();
});

it.each(['events', 'items'])(
  'refuses garbage in the middle of the %s in one line, and changes nothing',
  async (log) => {
    const files = shopWithPast();
    const path = join(files.data, 'tenants', 'default', log, '000001.log');
    const bytes = readFileSync(path);
    bytes.fill('garbage!', Math.floor(bytes.length / 3), Math.floor(bytes.length / 3) + 40);
    writeFileSync(path, bytes);
    const before = folderState(files.data);
    const line = lastWords(await runToTheEnd(files));
    expect(line).toMatch(/is damaged, 000001\.log at byte \d+: .*Nothing was changed\.$/);
    expect(line).toContain(join('tenants', 'default', log));
    expect(folderState(files.data)).toEqual(before);
  },
);

it('refuses a folder that another server owns, and names its process and address', async () => {
  const files = newShop();
  const owner = await startGateway(files);
  await owner.putItems(TINY_ITEMS);
  // Stopped, it writes nothing meanwhile.
  process.kill(owner.process.pid, 'SIGSTOP');
  try {
    const before = folderState(files.data);
    const line = lastWords(await runToTheEnd(files));
    expect(line).toContain(`process ${owner.process.pid} `);
    expect(line).toContain(owner.url);
    expect(folderState(files.data)).toEqual(before);
  } finally {
    process.kill(owner.process.pid, 'SIGCONT');
  }
  await owner.send(...purchases);
  expect(idsOf(await owner.slate({ surface: 'home', userId: 'stranger' }))).toHaveLength(10);
  await owner.stop();
  await (await startGateway(files)).stop();
});

it('refuses a path that is a file, or where nobody may write', async () => {
  const files = newShop();
  writeFileSync(files.data, 'precious');
  expect(lastWords(await runToTheEnd(files))).toMatch(/is not a folder: .*choose another path/);
  expect(readFileSync(files.data, 'utf8')).toBe('precious');
  if (process.platform !== 'linux') return;
  expect(lastWords(await runToTheEnd({ ...files, data: '/sys/attune' }))).toMatch(/The data folder \/sys\/attune/);
});

describe('on a small disk', () => {
  const mount = (...args: readonly string[]): boolean => spawnSync('mount', args).status === 0;

  /** Runs with a data folder on 8 MiB of its own; says so where this user may not mount one. */
  async function onSmallDisk(work: (files: Files) => Promise<void>): Promise<void> {
    const files = newShop();
    mkdirSync(files.data);
    if (process.platform !== 'linux' || !mount('-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', files.data)) {
      process.stderr.write('Not run: this user may not mount a small disk.\n');
      return;
    }
    try {
      await work(files);
    } finally {
      // Lazily: a server that a failed test left behind may still hold it.
      spawnSync('umount', ['-l', files.data]);
    }
  }

  it('a full one costs the acknowledgement, not the slates; with space again, the same events are taken', () =>
    onSmallDisk(async (files) => {
      const gateway = await startGateway(files);
      await gateway.putItems(TINY_ITEMS);
      await gateway.send(...purchases);
      const filler = join(files.data, 'filler');
      spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096']);
      const events = Array.from({ length: 500 }, (_, i) => ({ ...purchases[0]!, id: `full-${i}` }));
      const refused = await gateway.call<ProblemAnswer>('POST', '/v1/events', { events });
      expect(refused).toMatchObject({ status: 503, body: { code: 'NOT_DURABLE', retryable: true } });
      expect(refused.body.detail).not.toContain('\n');
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(idsOf(await gateway.slate({ surface: 'home', userId: 'stranger' }))).toHaveLength(10);
      rmSync(filler);
      expect(await gateway.send(...events)).toMatchObject({ accepted: events.length, duplicates: 0 });
      await gateway.stop();
      const again = await startGateway(files);
      expect(await again.send(...events, ...purchases)).toMatchObject({ accepted: 0 });
      await again.stop();
    }));

  it('a full or read-only one is refused at the start in one line, and left as it was', () =>
    onSmallDisk(async (files) => {
      const gateway = await startGateway(files);
      await gateway.putItems(TINY_ITEMS);
      await gateway.send(...purchases);
      await gateway.stop();
      const filler = join(files.data, 'filler');
      spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096']);
      const full = folderState(files.data);
      expect(lastWords(await runToTheEnd(files))).toMatch(/is full: free some disk space/);
      expect(folderState(files.data)).toEqual(full);
      rmSync(filler);
      const before = folderState(files.data);
      mount('-o', 'remount,ro', files.data);
      expect(lastWords(await runToTheEnd(files))).toMatch(/read-only file system: mount it writable/);
      expect(folderState(files.data)).toEqual(before);
    }));
});
