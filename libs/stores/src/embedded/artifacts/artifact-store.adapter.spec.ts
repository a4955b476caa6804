import { START, artifactStoreContract } from '@attune/testkit';
import { open, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonCodec, Scratch } from '../../fixtures/scratch.js';
import { EmbeddedArtifactStore, type ArtifactStoreOptions } from './artifact-store.adapter.js';

const scratch = new Scratch();
const warnings: string[] = [];

async function openStore(folder: string, options: Partial<ArtifactStoreOptions> = {}): Promise<EmbeddedArtifactStore> {
  const warn = (line: string): unknown => warnings.push(line);
  return await EmbeddedArtifactStore.open({ folder, codec: jsonCodec, clock: () => START, warn, ...options });
}

beforeEach(() => warnings.splice(0));
afterEach(async () => {
  jest.restoreAllMocks();
  await scratch.clear();
});

/** The next write to a file fails as the file system would fail it. */
async function breakNextWrite(code: string): Promise<void> {
  const handle = await open(__filename);
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const failure = Object.assign(new Error(`${code}: broken`), { code, syscall: 'write' });
  jest.spyOn(prototype, 'writeFile').mockRejectedValueOnce(failure);
}

const DRAFT = { meta: {}, arrays: { weights: Float32Array.of(1, 2) }, ids: {} };

describe('EmbeddedArtifactStore', () => {
  for (const { name, run } of artifactStoreContract(async () => await openStore(await scratch.folder()))) it(name, run);

  it('has its artifacts and pointers after it was opened again', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    const digest = await first.put('Ünlike/any', DRAFT);
    await first.promote('Ünlike/any', digest);
    const second = await openStore(folder);
    expect(await second.promoted('Ünlike/any')).toBe(digest);
    expect((await second.open('Ünlike/any', digest)).floats('weights')).toEqual(Float32Array.of(1, 2));
    expect(await second.list('Ünlike/any')).toEqual([
      { digest, sizeBytes: expect.any(Number), createdAt: new Date(START).toISOString() },
    ]);
  });

  it('lists the newest first and keeps the three newest', async () => {
    let now = START;
    const store = await openStore(await scratch.folder(), { clock: () => (now += 1_000) });
    const digests: string[] = [];
    for (let weight = 0; weight < 5; weight++) digests.push(await store.put('model', { ...DRAFT, meta: { weight } }));
    expect((await store.list('model')).map(({ digest }) => digest)).toEqual(digests.slice(2).reverse());
  });

  it.each([
    ['truncated', async (file: string) => await truncate(file, 20)],
    [
      'damaged',
      async (file: string) => await writeFile(file, (await readFile(file, 'utf8')).replace('[1,2]', '[1,3]')),
    ],
  ])('names the file of a %s artifact and leaves it', async (_, damage) => {
    const folder = await scratch.folder();
    const store = await openStore(folder);
    const digest = await store.put('model', DRAFT);
    const file = join(folder, 'model', `${digest}.artifact`);
    await damage(file);
    const restarted = await openStore(folder);
    await expect(restarted.open('model', digest)).rejects.toThrow(file);
    expect(await readdir(join(folder, 'model'))).toEqual([`${digest}.artifact`]);
  });

  it('goes on without a pointer that cannot be read, and says so', async () => {
    const folder = await scratch.folder();
    const store = await openStore(folder);
    await store.promote('model', await store.put('model', DRAFT));
    await writeFile(join(folder, 'model', 'promoted'), '');
    const again = await openStore(folder);
    expect([await again.promoted('model'), await again.promoted('model')]).toEqual([undefined, undefined]);
    expect(warnings).toEqual([expect.stringContaining(join('model', 'promoted'))]);
  });

  it('clears the draft of a write that a crash cut short, not one that is being written', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    const one = await first.put('model', DRAFT);
    for (const name of ['crashed.draft', 'running.draft']) await writeFile(join(folder, 'model', name), 'half');
    const hoursAgo = Date.now() / 1000 - 7_200;
    await utimes(join(folder, 'model', 'crashed.draft'), hoursAgo, hoursAgo);
    const two = await first.put('model', { ...DRAFT, meta: { weight: 2 } });
    expect((await readdir(join(folder, 'model'))).sort()).toEqual(
      [`${one}.artifact`, `${two}.artifact`, 'running.draft'].sort(),
    );
  });

  it('leaves nothing of what could not be written, and says what to do', async () => {
    const folder = await scratch.folder();
    const store = await openStore(folder);
    const first = await store.put('model', DRAFT);
    await store.promote('model', first);
    await breakNextWrite('ENOSPC');
    await expect(store.put('model', { ...DRAFT, meta: { weight: 2 } })).rejects.toMatchObject({
      code: 'NOT_DURABLE',
      detail: expect.stringContaining('is full: free some disk space'),
    });
    await breakNextWrite('ENOSPC');
    await expect(store.promote('model', first)).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    expect((await readdir(join(folder, 'model'))).sort()).toEqual([`${first}.artifact`, 'promoted']);
    expect(await store.promoted('model')).toBe(first);
  });
});

describe('two EmbeddedArtifactStores on one folder', () => {
  const two = async (
    options: Partial<ArtifactStoreOptions> = {},
  ): Promise<readonly [EmbeddedArtifactStore, EmbeddedArtifactStore]> => {
    const folder = await scratch.folder();
    let now = START;
    const clock = (): number => (now += 1_000);
    return [await openStore(folder, { clock, ...options }), await openStore(folder, { clock, ...options })];
  };
  const weighing = (weight: number): typeof DRAFT => ({ ...DRAFT, meta: { weight } });
  const stored = async (store: EmbeddedArtifactStore): Promise<readonly string[]> =>
    (await store.list('model')).map(({ digest }) => digest).sort();

  it('have what the other put and promoted at the next call', async () => {
    const [one, other] = await two();
    expect(await other.promoted('model')).toBeUndefined();
    for (const weight of [1, 2]) {
      const digest = await one.put('model', weighing(weight));
      await one.promote('model', digest);
      expect(await other.promoted('model')).toBe(digest);
      expect((await other.open('model', digest)).meta).toEqual({ weight });
    }
    expect(await stored(other)).toEqual(await stored(one));
    await one.promote('model', undefined);
    expect(await other.promoted('model')).toBeUndefined();
  });

  it('put the same at once, and it is there once and whole', async () => {
    const [one, other] = await two();
    const puts = Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).put('model', DRAFT));
    const [digest = ''] = await Promise.all(puts);
    expect([await stored(one), new Set(await Promise.all(puts)).size]).toEqual([[digest], 1]);
    await other.promote('model', digest);
    expect((await one.open('model', digest)).floats('weights')).toEqual(Float32Array.of(1, 2));
  });

  it('leave what the other put just now, so that it can be promoted', async () => {
    const [one, other] = await two();
    const waiting = await other.put('model', weighing(0));
    for (let weight = 1; weight < 6; weight++) await one.put('model', weighing(weight));
    expect(await stored(one)).toContain(waiting);
    await other.promote('model', waiting);
    expect((await one.open('model', waiting)).meta).toEqual({ weight: 0 });
  });

  it('keep three newest and the promoted one of what both put long ago', async () => {
    const [one, other] = await two({ graceMs: 0 });
    const promoted = await other.put('model', weighing(0));
    await other.promote('model', promoted);
    for (let weight = 1; weight < 8; weight++) await (weight % 2 ? one : other).put('model', weighing(weight));
    const kept = await stored(other);
    expect([kept.length, kept.includes(promoted)]).toEqual([4, true]);
  });

  it('refuse to promote what the other removed', async () => {
    const [one, other] = await two({ graceMs: 0 });
    const first = await other.put('model', weighing(0));
    for (let weight = 1; weight < 4; weight++) await one.put('model', weighing(weight));
    await expect(other.promote('model', first)).rejects.toThrow(/train model first/);
    expect(await other.promoted('model')).toBeUndefined();
  });
});
