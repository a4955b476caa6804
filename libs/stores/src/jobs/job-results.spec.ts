import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Scratch } from '../fixtures/scratch.js';
import { JobResults } from './job-results.js';

const scratch = new Scratch();
let folder: string;
let results: JobResults;
beforeEach(async () => {
  folder = await scratch.folder();
  results = await JobResults.open(folder);
});
afterEach(() => scratch.clear());

const read = async (id: string): Promise<string> => text((await results.get(id))!.stream());
async function lines(id: string, ...users: string[]): Promise<void> {
  const file = results.create(id);
  for (const userId of users) await file.line({ userId, items: [] });
}

it('is readable once committed, and after a restart', async () => {
  await results.create('a').json({ x: 1 });
  expect(await results.get('a')).toBeUndefined();
  await results.commit('a');
  results = await JobResults.open(folder);
  expect(await results.get('a')).toMatchObject({ kind: 'json', sizeBytes: 7 });
  expect(await read('a')).toBe('{"x":1}');
  await results.remove('a');
  expect(await readdir(folder)).toEqual([]);
});

it('is nothing where a job wrote nothing, was discarded, or was cut short', async () => {
  results.create('silent');
  await results.commit('silent');
  await lines('failed', 'ann');
  await results.discard('failed');
  await writeFile(join(folder, 'crashed.part'), 'half');
  results = await JobResults.open(folder);
  expect(await results.ids()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

it('forgets users, in what is written and in what is being written', async () => {
  await lines('old', 'ann', 'bob', 'annabel');
  await results.commit('old');
  await lines('open', 'ann', 'bob');
  // One in each.
  expect(await results.forget(['ann'])).toBe(2);
  const file = results.create('later');
  await file.forget(['ann']);
  await file.line({ userId: 'ann' });
  await file.line({ userId: 'bob' });
  await results.commit('open');
  await results.commit('later');
  expect(await read('old')).toBe('{"userId":"bob","items":[]}\n{"userId":"annabel","items":[]}\n');
  expect(await read('open')).toBe('{"userId":"bob","items":[]}\n');
  expect(await read('later')).toBe('{"userId":"bob"}\n');
  expect((await results.get('old'))!.sizeBytes).toBe((await read('old')).length);
});

it('knows whom a line is about, ids with separators of their own among them', async () => {
  await lines('a', 'ann', 'x\u2028y\u0085z', 'bob');
  expect(await results.names('ann')).toBe(false);
  await results.commit('a');
  await results.create('b').json({ userId: 'json' });
  await results.commit('b');
  for (const [user, isNamed] of Object.entries({
    ann: true,
    'x\u2028y\u0085z': true,
    an: false,
    x: false,
    json: false,
  }))
    expect([user, await results.names(user)]).toEqual([user, isNamed]);
  expect(await results.forget(['x\u2028y\u0085z'])).toBe(1);
  expect(await read('a')).toBe('{"userId":"ann","items":[]}\n{"userId":"bob","items":[]}\n');
});

it('leaves no byte of a forgotten user in a file that is still being written, and goes on with it', async () => {
  const users = Array.from({ length: 4_001 }, (_, i) => (i % 4 === 0 ? `ann-${i}` : `bob-${i}`));
  const [goes, stays] = ['ann', 'bob'].map((name) => users.filter((user) => user.startsWith(name))) as [
    string[],
    string[],
  ];
  const file = results.create('open');
  for (const userId of users) await file.line({ userId, items: [] });
  const written = (): Promise<string> => readFile(join(folder, 'open.part'), 'utf8');
  expect(await written()).toContain('ann-');
  // Some of them wait in memory.
  const later = [results.forget(goes), file.line({ userId: 'last', items: [] })] as const;
  expect(await later[0]).toBe(goes.length);
  expect(await written()).not.toContain('ann-');
  await later[1];
  await file.line({ userId: 'ann-0', items: [] });
  await results.commit('open');
  expect(await readdir(folder)).toEqual(['open.ndjson']);
  const text = await read('open');
  expect(text).toBe([...stays, 'last'].map((userId) => `{"userId":"${userId}","items":[]}\n`).join(''));
  expect((await results.get('open'))!.sizeBytes).toBe(text.length);
});

it('forgets users one after the other, however they are asked for', async () => {
  const users = Array.from({ length: 400 }, (_, i) => `u${i}`);
  await lines('open', ...users);
  await results.commit('open');
  await Promise.all(users.slice(0, 9).map((user) => results.forget([user])));
  const left = (await read('open')).trim().split('\n');
  expect(left.map((line) => (JSON.parse(line) as { userId: string }).userId)).toEqual(users.slice(9));
  expect(await readdir(folder)).toEqual(['open.ndjson']);
});

it('forgets users while jobs end and old results go, each line once', async () => {
  for (const id of ['a', 'b', 'c']) await lines(id, 'ann', 'bob', 'eve');
  await results.commit('a');
  const [first, second] = await Promise.all([
    results.forget(['ann']),
    results.forget(['eve']),
    results.commit('b'),
    results.commit('c'),
    results.remove('a'),
  ]);
  // Those of `a` too, unless it went first.
  expect(first + second).toBeGreaterThanOrEqual(4);
  expect(first + second).toBeLessThanOrEqual(6);
  for (const id of ['b', 'c']) expect(await read(id)).toBe('{"userId":"bob","items":[]}\n');
  expect((await readdir(folder)).sort()).toEqual(['b.ndjson', 'c.ndjson']);
});

it('does without a folder or a file that somebody removed', async () => {
  await lines('gone', 'ann');
  await results.commit('gone');
  await rm(folder, { recursive: true });
  expect(await results.get('gone')).toBeUndefined();
  expect(await results.forget(['ann'])).toBe(0);
  await results.remove('gone');
  await results.create('receipt').json({ users: 1 });
  await results.commit('receipt');
  expect(await read('receipt')).toBe('{"users":1}');
});

it('has no result that was removed while users are forgotten', async () => {
  await lines('old', ...Array.from({ length: 400 }, (_, i) => `u${i}`));
  await results.commit('old');
  await Promise.all([
    results.forget(['u7']),
    new Promise((resolve) => setImmediate(resolve)).then(() => results.remove('old')),
  ]);
  expect(await results.ids()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

it('keeps all results of a tenant within their room', async () => {
  results = await JobResults.open(folder, { maxBytes: 100 });
  await results.create('a').json('x'.repeat(80));
  await results.commit('a');
  await expect(results.create('b').json('x'.repeat(20))).rejects.toThrow('fill the room');
  await results.discard('b');
  await results.remove('a');
  await results.create('c').json('x'.repeat(20));
  await results.commit('c');
  expect(await results.ids()).toEqual(['c']);
});
