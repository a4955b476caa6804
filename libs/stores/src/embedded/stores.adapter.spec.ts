import { START, eventAt, itemOf, tenantContract } from '@attune/testkit';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TenantStores } from '@attune/sdk';
import { jsonCodec, Scratch } from '../fixtures/scratch.js';
import { decodeName, encodeName } from './file-name.codec.js';
import { openEmbeddedStores, type EmbeddedStores } from './stores.adapter.js';

const scratch = new Scratch();
const opened: EmbeddedStores[] = [];

async function openStores(folder: string): Promise<EmbeddedStores> {
  const stores = await openEmbeddedStores({
    folder,
    clock: () => START,
    warn: () => undefined,
    spaces: [{ id: 'text', dims: 2, metric: 'cosine', digest: 'model-1' }],
    codec: jsonCodec,
  });
  opened.push(stores);
  return stores;
}

afterEach(async () => {
  for (const stores of opened.splice(0)) await stores.close();
  await scratch.clear();
});

describe('openEmbeddedStores', () => {
  const twoTenants = async (): Promise<readonly [TenantStores, TenantStores]> => {
    const stores = await openStores(await scratch.folder());
    return [stores.of({ tenant: 'default' }), await stores.open({ tenant: 'Default' })];
  };
  for (const { name, run } of tenantContract(twoTenants)) it(name, run);

  it('opens the tenants it finds, and others when asked', async () => {
    const folder = await scratch.folder();
    const first = await openStores(folder);
    expect(first.tenants()).toEqual(['default']);
    expect(() => first.of({ tenant: '../x' })).toThrow(/open\(\{ tenant \}\)/);
    const [one, two] = await Promise.all([first.open({ tenant: '../x' }), first.open({ tenant: '../x' })]);
    expect(one).toBe(two);
    expect(first.of({ tenant: '../x' })).toBe(one);
    await one.events.append([eventAt(0, { id: 'e1' })]);
    await first.close();
    const second = await openStores(folder);
    expect([...second.tenants()].sort()).toEqual(['../x', 'default']);
    expect(await second.of({ tenant: '../x' }).events.size()).toBe(1);
    expect(await readdir(join(folder, 'tenants'))).toEqual(expect.arrayContaining(['%2e%2e%2fx', 'default']));
    const logs = ['llm-calls', 'records', 'slates', 'spending'];
    const stores = ['artifacts', 'erasures', 'events', 'items', ...logs, 'users', 'vectors'];
    expect((await readdir(join(folder, 'tenants', 'default'))).sort()).toEqual(stores);
  });

  it('waits for writes under way when it is closed, twice if asked, and lets another in', async () => {
    const folder = await scratch.folder();
    const first = await openStores(folder);
    await expect(openStores(folder)).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
    const { events, items } = first.of({ tenant: 'default' });
    const writes = [events.append([eventAt(0, { id: 'e1' })]), items.upsert([itemOf('a')])];
    await Promise.all([first.close(), first.close()]);
    await Promise.all(writes);
    await expect(first.open({ tenant: 'late' })).rejects.toThrow(/closed/);
    const { events: found, items: catalog } = (await openStores(folder)).of({ tenant: 'default' });
    expect([await found.size(), await catalog.size()]).toEqual([1, 1]);
  });

  it.each([
    ['default', 'default'],
    ['Shop/2', '%53hop%2f2'],
  ])('gives the folder back, unchanged, where a log of tenant %s is damaged', async (tenant, name) => {
    const folder = await scratch.folder();
    const first = await openStores(folder);
    const { events } = await first.open({ tenant });
    await events.append([eventAt(0, { id: 'e1' }), eventAt(1, { id: 'e2' })]);
    await events.append([eventAt(2, { id: 'e3' })]);
    await first.close();
    const log = join(folder, 'tenants', name, 'events', '000001.log');
    const sound = await readFile(log, 'utf8');
    await writeFile(log, sound.replace('"e1"', '"e9"'));
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(openStores(folder)).rejects.toMatchObject({
        code: 'LOG_CORRUPT',
        message: expect.stringMatching(new RegExp(`^Tenant '${tenant}': .*events is damaged, 000001\\.log at byte 0`)),
      });
    await writeFile(log, sound);
    expect(await (await openStores(folder)).of({ tenant }).events.size()).toBe(3);
  });
});

describe('encodeName', () => {
  it.each(['default', 'A', 'a', '..', 'ü/🙂', '%41', 'CON'])('is reversible and safe for %s', (name) => {
    expect(encodeName(name)).toMatch(/^[a-z0-9_%-]+$/);
    expect(decodeName(encodeName(name))).toBe(name);
  });

  it('refuses what cannot be a folder, and reads no foreign names', () => {
    expect(() => encodeName('')).toThrow(RangeError);
    expect(() => encodeName('x'.repeat(201))).toThrow(RangeError);
    expect([decodeName('.DS_Store'), decodeName('%61'), decodeName('A')]).toEqual([undefined, undefined, undefined]);
  });
});
