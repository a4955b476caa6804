import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WholeWork } from '@attune/sdk';
import { Scratch } from '../../fixtures/scratch.js';
import { EmbeddedJobQueue } from './job-queue.adapter.js';
import { JobStore } from './job-store.js';
import { laneOf, namedUsers, worksOf, type TestRequest } from './testing/test-jobs.js';

const HOUR_MS = 3_600_000;
const TRAIN: TestRequest = { type: 'train' };

const scratch = new Scratch();
let folder: string;
let now = 0;
let made = 0;
let jobs: EmbeddedJobQueue<TestRequest>;

const open = async (): Promise<EmbeddedJobQueue<TestRequest>> => {
  const store = await JobStore.open(join(folder, 'jobs'), { clock: { now: () => now }, warn: fail });
  const work = (): Promise<never> => new Promise(() => undefined);
  const aborted: WholeWork<TestRequest> = ({ signal }) =>
    Promise.race([work(), new Promise<never>((_, stop) => signal.addEventListener('abort', () => stop(new Error())))]);
  const newId = (): string => `job-${++made}`;
  const works = worksOf(aborted);
  return new EmbeddedJobQueue(store, { works, laneOf, named: namedUsers, clock: { now: () => now }, newId });
};
beforeEach(async () => {
  folder = await scratch.folder();
  now = Date.parse('2026-11-21T09:30:00Z');
  jobs = await open();
});
afterEach(async () => {
  await jobs.close();
  await scratch.clear();
});

it('gives the same job for the same key and request, also after a restart', async () => {
  const id = await jobs.accept(TRAIN, 'order 17');
  expect(await jobs.accept(TRAIN, 'order 17')).toBe(id);
  expect(await jobs.accept(TRAIN, 'order 18')).not.toBe(id);
  await jobs.close();
  jobs = await open();
  now += 23 * HOUR_MS;
  expect(await jobs.accept(TRAIN, 'order 17')).toBe(id);
});

it('takes a key anew a day after its first use, however often it was used since', async () => {
  const id = await jobs.accept(TRAIN, 'nightly');
  now += 20 * HOUR_MS;
  expect(await jobs.accept(TRAIN, 'nightly')).toBe(id);
  now += 5 * HOUR_MS;
  expect(await jobs.accept(TRAIN, 'nightly')).not.toBe(id);
});

it('refuses a key that stands for another request', async () => {
  await jobs.accept(TRAIN, 'order 17');
  await expect(jobs.accept({ type: 'embed' }, 'order 17')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

it('writes neither the key nor the user it is about to disk', async () => {
  await jobs.accept({ type: 'erase', userId: 'secret-user' }, 'secret-key');
  await jobs.close();
  for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (name.isFile()) expect(await readFile(join(name.parentPath, name.name), 'utf8')).not.toContain('secret');
  }
});

function fail(what: unknown): never {
  throw new Error(String(what));
}
