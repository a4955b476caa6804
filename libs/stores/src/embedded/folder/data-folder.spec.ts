import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDataFolder, type DataFolder } from './data-folder.js';

const CHILD = join(__dirname, 'owner.child.cjs');
const options = { address: 'http://127.0.0.1:8080', pid: process.pid, now: () => Date.UTC(2011, 10, 30) };
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-folder-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function startOwner(): Promise<{ child: ChildProcess; says: string }> {
  const child = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [says] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, says };
}

function writeLock(fields: object, name = 'owner.lock'): void {
  const lock = { pid: 1, address: 'a', startedAt: 'then', host: hostname(), nonce: 'dead00', ...fields };
  writeFileSync(join(folder, name), JSON.stringify(lock));
}

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

/** Opens the folder several times at once, each contender starting some turns of the event loop after the one before. */
async function race(contenders: number, turns: number): Promise<DataFolder[]> {
  const contend = async (_: unknown, index: number): Promise<DataFolder> => {
    for (let turn = 0; turn < index * turns; turn++) await new Promise(setImmediate);
    return await openDataFolder(folder, options);
  };
  const results = await Promise.allSettled(Array.from({ length: contenders }, contend));
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'FOLDER_LOCKED' });
  }
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

describe('openDataFolder', () => {
  it('creates the folder, says who owns it, and gives it back', async () => {
    const path = join(folder, 'deep', 'data');
    const owner = await openDataFolder(path, options);
    await owner.announce('http://127.0.0.1:9999');
    const lock: unknown = JSON.parse(readFileSync(join(path, 'owner.lock'), 'utf8'));
    const address = 'http://127.0.0.1:9999';
    expect(lock).toMatchObject({ pid: process.pid, address, startedAt: '2011-11-30T00:00:00.000Z' });
    await expect(openDataFolder(path, options)).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
    await owner.release();
    expect(readdirSync(path)).toEqual([]);
    await (await openDataFolder(path, options)).release();
  });

  it('names a live second process in one line, and takes over when that is killed', async () => {
    const { child, says } = await startOwner();
    expect(says).toBe('OWNER');
    const error: unknown = await openDataFolder(folder, options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'FOLDER_LOCKED', details: { owner: { pid: child.pid } } });
    const { message } = error as Error;
    expect(message).toMatch(
      new RegExp(`^.*in use by process ${child.pid} .*http://127.0.0.1:1,.*: stop that process.*$`),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    const owner = await openDataFolder(folder, options);
    expect((await startOwner()).says).toBe(`FOLDER_LOCKED ${process.pid}`);
    await owner.release();
  });

  it('takes over from a dead pid, a reused pid and an earlier boot, but not from another host', async () => {
    const boot = { bootId: 'another boot' };
    const stale = [{ pid: deadPid() }, { pid: process.pid, processStart: '1' }, { pid: process.pid, ...boot }];
    for (const fields of process.platform === 'linux' ? stale : stale.slice(0, 1)) {
      writeLock(fields);
      const owner = await openDataFolder(folder, options);
      expect(JSON.parse(readFileSync(join(folder, 'owner.lock'), 'utf8'))).toEqual(owner.owner);
      await owner.release();
      expect(readdirSync(folder)).toEqual([]);
    }
    writeLock({ host: 'elsewhere', pid: deadPid() });
    await expect(openDataFolder(folder, options)).rejects.toThrow(/on host elsewhere .*delete .*owner\.lock/);
  });

  it('lets exactly one of many take over a dead lock, also after a rescuer died half-way', async () => {
    for (let round = 0; round < 8; round++) {
      writeLock({ pid: deadPid() });
      if (round % 2 === 1) writeLock({ pid: deadPid(), nonce: 'dead01' }, 'owner.lock.dead00');
      const owners = await race(8, round);
      expect(owners).toHaveLength(1);
      await owners[0]?.release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('lets exactly one of several processes take over a dead lock', async () => {
    writeLock({ pid: deadPid() });
    const outcomes = await Promise.all(Array.from({ length: 4 }, startOwner));
    const owners = outcomes.filter(({ says }) => says === 'OWNER');
    expect(owners).toHaveLength(1);
    for (const { says } of outcomes) expect(says).toMatch(/^(OWNER|FOLDER_LOCKED \d+)$/);
  });

  it('does not touch a lock file that it cannot read', async () => {
    writeFileSync(join(folder, 'owner.lock'), 'hello');
    await expect(openDataFolder(folder, options)).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
    expect(readFileSync(join(folder, 'owner.lock'), 'utf8')).toBe('hello');
  });

  it('refuses a path that is a file, or that has one in it', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'precious');
    for (const path of [file, join(file, 'data')]) {
      const refusal = { code: 'FOLDER_NOT_A_DIRECTORY', message: expect.stringContaining(path) as string };
      await expect(openDataFolder(path, options)).rejects.toMatchObject(refusal);
    }
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });
});
