import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DurableLog } from '../log/durable-log.js';
import { openDataFolder } from './data-folder.js';

const options = { address: 'http://127.0.0.1:8080', pid: process.pid, now: () => 0 };
const silent = { onRecord: () => undefined, warn: () => undefined };
const isRoot = process.getuid?.() === 0;
let folder: string;
let mounted = false;

function mount(...args: string[]): boolean {
  return spawnSync('mount', args).status === 0;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-disk-'));
  mounted = isRoot && mount('-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder);
});
afterEach(() => {
  if (mounted) spawnSync('umount', [folder]);
  else chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** Takes the right to write away; false (with the reason printed) where this user cannot. */
function makeReadOnly(): boolean {
  if (mounted) return mount('-o', 'remount,ro', folder);
  if (isRoot) {
    process.stderr.write('Not run: root writes whatever the mode says, and may not mount here.\n');
    return false;
  }
  chmodSync(folder, 0o555);
  return true;
}

describe('a folder that cannot be written', () => {
  it('is refused in one line when it is read-only', async () => {
    const log = await DurableLog.open(join(folder, 'log'), silent);
    await log.append([{ id: 1 }]);
    await log.close();
    if (!makeReadOnly()) return;
    const refusal = {
      code: 'FOLDER_READ_ONLY',
      message: expect.stringMatching(/^The data folder .* is .*: .*\.$/) as string,
    };
    await expect(openDataFolder(folder, options)).rejects.toMatchObject(refusal);
    await expect(openDataFolder(join(folder, 'new'), options)).rejects.toMatchObject(refusal);
    if (mounted) await expect(DurableLog.open(join(folder, 'log'), silent)).rejects.toMatchObject(refusal);
    expect(readdirSync(folder)).toEqual(['log']);
  });

  it('is refused where even root may not create files', async () => {
    if (process.platform !== 'linux') {
      process.stderr.write('Not run: needs the /sys of Linux.\n');
      return;
    }
    await expect(openDataFolder('/sys/attune', options)).rejects.toMatchObject({ code: 'FOLDER_READ_ONLY' });
    await expect(openDataFolder('/proc/attune', options)).rejects.toMatchObject({ code: 'FOLDER_IO_ERROR' });
  });

  it('is refused when the disk is full, and written again when there is space', async () => {
    if (!mounted) {
      process.stderr.write(
        'Not run: only root can mount a small disk; the file size limit is tested beside the log.\n',
      );
      return;
    }
    const log = await DurableLog.open(join(folder, 'log'), silent);
    await log.append([{ id: 1 }]);
    const big = { id: 2, text: 'x'.repeat(300_000) };
    const refusal = { code: 'FOLDER_FULL', message: expect.stringContaining('free some disk space') as string };
    await expect(log.append([big])).rejects.toMatchObject(refusal);
    expect(log.stats.bytes).toBe(8 + 1 + 8 + 1);
    await log.append([{ id: 3 }]);
    await log.close();
    const ids: unknown[] = [];
    const listeners = { onRecord: (record: unknown) => ids.push(record), warn: fail };
    await (await DurableLog.open(join(folder, 'log'), listeners)).close();
    expect(ids).toEqual([{ id: 1 }, { id: 3 }]);
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`]);
    await expect(openDataFolder(folder, options)).rejects.toMatchObject(refusal);
    expect(readdirSync(folder).sort()).toEqual(['filler', 'log']);
  });
});

function fail(line: string): void {
  throw new Error(line);
}
