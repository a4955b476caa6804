import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Scratch } from '../../fixtures/scratch.js';
import { openDataFolder } from './data-folder.js';
import { findOwner } from './find-owner.js';

const scratch = new Scratch();
afterEach(() => scratch.clear());

describe('who owns a data folder', () => {
  it('is nobody where there is no folder or no lock, and none is made', async () => {
    const folder = await scratch.folder();
    expect(await findOwner(folder)).toBeUndefined();
    expect(await findOwner(join(folder, 'nothing'))).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is the process that opened it, at the address it announced', async () => {
    const folder = await scratch.folder();
    const data = await openDataFolder(folder, { address: 'soon', pid: process.pid, now: () => 0 });
    await data.announce('http://127.0.0.1:8080');
    expect(await findOwner(folder)).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:8080', alive: true });
    await data.release();
    expect(await findOwner(folder)).toBeUndefined();
  });

  it('may be a process that no longer runs, whose lock stays as it is', async () => {
    const folder = await scratch.folder();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(join(folder, 'owner.lock'), JSON.stringify({ pid, address: 'a', host: hostname(), nonce: 'n' }));
    expect(await findOwner(folder)).toMatchObject({ pid, alive: false });
    expect(readdirSync(folder)).toEqual(['owner.lock']);
  });

  it('is refused where the lock is no lock', async () => {
    const folder = await scratch.folder();
    writeFileSync(join(folder, 'owner.lock'), 'garbage');
    await expect(findOwner(folder)).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
  });
});
