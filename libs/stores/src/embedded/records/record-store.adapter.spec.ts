import { recordStoreContract, START } from '@attune/testkit';
import { appendFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordDraft } from '@attune/sdk';
import { filesHolding, Scratch } from '../../fixtures/scratch.js';
import { DurableLog } from '../log/durable-log.js';
import { EmbeddedRecordStore } from './record-store.adapter.js';

const scratch = new Scratch();
const opened: EmbeddedRecordStore[] = [];
const warnings: string[] = [];
const warn = (line: string): unknown => warnings.push(line);
let now = START;

async function openStore(folder: string): Promise<EmbeddedRecordStore> {
  const store = await EmbeddedRecordStore.open((onRecord) => DurableLog.open(folder, { onRecord, warn }), {
    clock: () => now,
    warn,
  });
  opened.push(store);
  return store;
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

beforeEach(() => {
  now = START;
  warnings.length = 0;
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await scratch.clear();
});

describe('EmbeddedRecordStore', () => {
  for (const { name, run } of recordStoreContract(async () => await openStore(await scratch.folder()))) it(name, run);

  it('knows the same records and versions after it was closed and opened', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    const ids = ['ü/🙂', '\ud800', '__proto__', 'b', 'gone'];
    await first.put(
      'taste',
      ids.map((id) => ({ id, value: { id }, state: 'open', userId: id })),
    );
    await first.put('taste', [{ id: 'b', value: null }]);
    await first.put('offer', [{ id: 'b', value: 2 }]);
    await first.delete('taste', ['gone']);
    const before = await first.list('taste', { limit: 9 });
    await first.close();
    const second = await openStore(folder);
    expect(await second.list('taste', { limit: 9 })).toStrictEqual(before);
    expect(before.map(({ id }) => id)).toEqual(['__proto__', 'b', 'ü/🙂', '\ud800']);
    expect([await second.count('taste', 'open'), await second.count('offer')]).toEqual([3, 1]);
    expect(await second.replace('taste', { id: 'b', value: 9 }, before[1]?.version)).toBe(true);
  });

  it('never gives a version again, after a restart neither, be its newest record gone from the log', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    await first.put('taste', [{ id: 'a', value: 1, userId: 'ann' }]);
    const [before] = await first.get('taste', ['a']);
    await first.erase(['ann']);
    await first.close();
    now += 1;
    const second = await openStore(folder);
    await second.put('taste', [{ id: 'a', value: 2 }]);
    expect(await second.replace('taste', { id: 'a', value: 3 }, before?.version)).toBe(false);
  });

  it('sets the past aside when it is opened, and while it is in use', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    const large = (n: number): RecordDraft => ({ id: 'large', value: `${n} ${'x'.repeat(250_000)}` });
    await first.put('draft', [{ id: 'small', value: 'stays' }]);
    for (let n = 0; n < 60; n++) await first.put('draft', [large(n)]);
    expect(await bytesIn(folder)).toBeGreaterThan(14e6);
    for (let n = 60; n < 75; n++) await first.put('draft', [large(n)]);
    expect(await bytesIn(folder)).toBeLessThan(3e6);
    for (let n = 0; n < 9; n++) await first.delete('draft', ['small']);
    await first.close();
    const second = await openStore(folder);
    expect(await bytesIn(folder)).toBeLessThan(3e5);
    expect([(await second.get('draft', ['large', 'small'])).map((found) => found?.value)]).toEqual([
      [large(74).value, undefined],
    ]);
  });

  it('leaves nothing of an erased user on disk: of what is, was, was deleted or was torn', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    const his = (id: string): RecordDraft => ({ id, value: { street: 'Erased Lane' }, userId: 'erased-user' });
    await first.put('taste', [
      his('erased-user'),
      his('given-away'),
      his('deleted-of-his'),
      { id: 'b', value: 'stays' },
    ]);
    await first.put('taste', [{ id: 'given-away', value: 1, userId: 'bob' }]);
    await first.delete('taste', ['deleted-of-his']);
    await first.close();
    await appendFile(join(folder, '000001.log'), '00000000*{"kind":"taste","userId":"erased-us');
    const second = await openStore(folder);
    expect((await filesHolding(folder, 'erased-us')).length).toBeGreaterThan(1);
    expect(await second.erase(['erased-user'])).toBe(1);
    for (const text of ['erased-us', 'Erased Lane', 'deleted-of-his'])
      expect(await filesHolding(folder, text)).toEqual([]);
    await second.close();
    const third = await openStore(folder);
    expect((await third.list('taste', { limit: 9 })).map(({ id, userId }) => [id, userId])).toEqual([
      ['b', undefined],
      ['given-away', 'bob'],
    ]);
  });

  it.each(['past', 'torn'])('erases a user of whom only the %s is on disk', async (which) => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    // So much that the past is not set aside when it is opened.
    await first.put('taste', [{ id: 'b', value: 'stays '.repeat(200) }]);
    await first.put('taste', [{ id: 'c', value: 'erased', userId: 'erased-user' }]);
    await (which === 'past' ? first.delete('taste', ['c']) : first.erase(['erased-user']));
    await first.close();
    const [segment = ''] = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    await appendFile(join(folder, segment), '00000000*{"userId":"erased-user');
    const second = await openStore(folder);
    expect(await filesHolding(folder, 'erased-user')).not.toEqual([]);
    expect(await second.erase(['erased-user'])).toBe(0);
    expect(await filesHolding(folder, 'erased-user')).toEqual([]);
    expect(await second.count('taste')).toBe(1);
  });

  it('leaves out what another version wrote, and says so', async () => {
    const folder = await scratch.folder();
    const log = await DurableLog.open(folder, { onRecord: () => undefined, warn });
    const sound = { kind: 'taste', id: 'a', version: 1, json: '7' };
    await log.append([sound, { ...sound, id: 'b', color: 'red' }, { ...sound, version: '2' }, { kind: 'taste' }]);
    await log.close();
    const store = await openStore(folder);
    expect(await store.list('taste', { limit: 9 })).toEqual([{ id: 'a', value: 7, version: '1' }]);
    expect(warnings).toHaveLength(3);
  });

  it('says NOT_DURABLE once closed, and changes nothing', async () => {
    const store = await openStore(await scratch.folder());
    await store.put('taste', [{ id: 'a', value: 1, userId: 'ann' }]);
    await store.close();
    const failed = { code: 'NOT_DURABLE' };
    await expect(store.put('taste', [{ id: 'a', value: 2 }])).rejects.toMatchObject(failed);
    await expect(store.replace('taste', { id: 'b', value: 2 }, undefined)).rejects.toMatchObject(failed);
    await expect(store.delete('taste', ['a'])).rejects.toMatchObject(failed);
    await expect(store.erase(['ann'])).rejects.toMatchObject(failed);
    expect((await store.list('taste', { limit: 9 })).map(({ value }) => value)).toEqual([1]);
  });
});
