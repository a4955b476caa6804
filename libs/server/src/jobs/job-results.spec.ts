import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { scratchFolder } from '../testing/scratch-stores.js';
import { JobResults } from './job-results.js';

let folder: string;
let remove: () => Promise<void>;
let results: JobResults;
beforeEach(async () => {
  ({ folder, remove } = await scratchFolder());
  results = await JobResults.open(folder);
});
afterEach(() => remove());

const read = async (id: string): Promise<string> => text(results.get(id)!.stream());
async function lines(id: string, ...users: string[]): Promise<void> {
  const file = results.create(id);
  for (const userId of users) await file.line({ userId, items: [] });
}

it('is readable once committed, and after a restart', async () => {
  await results.create('a').json({ x: 1 });
  expect(results.get('a')).toBeUndefined();
  await results.commit('a');
  results = await JobResults.open(folder);
  expect(results.get('a')).toMatchObject({ kind: 'json', sizeBytes: 7 });
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
  expect(results.ids).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

it('forgets users, in what is written and in what is being written', async () => {
  await lines('old', 'ann', 'bob', 'annabel');
  await results.commit('old');
  await lines('open', 'ann', 'bob');
  expect(await results.forget(['ann'])).toBe(1);
  const file = results.create('later');
  file.forget(['ann']);
  await file.line({ userId: 'ann' });
  await file.line({ userId: 'bob' });
  await results.commit('open');
  await results.commit('later');
  expect(await read('old')).toBe('{"userId":"bob","items":[]}\n{"userId":"annabel","items":[]}\n');
  expect(await read('open')).toBe('{"userId":"bob","items":[]}\n');
  expect(await read('later')).toBe('{"userId":"bob"}\n');
  expect(results.get('old')!.sizeBytes).toBe((await read('old')).length);
});

it('keeps all results of a tenant within their room', async () => {
  results = await JobResults.open(folder, 100);
  await results.create('a').json('x'.repeat(80));
  await results.commit('a');
  await expect(results.create('b').json('x'.repeat(20))).rejects.toThrow('fill the room');
  await results.discard('b');
  await results.remove('a');
  await results.create('c').json('x'.repeat(20));
  await results.commit('c');
  expect(results.ids).toEqual(['c']);
});
