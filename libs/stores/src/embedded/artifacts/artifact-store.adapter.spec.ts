import { START, artifactStoreContract } from '@attune/testkit';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonCodec, Scratch } from '../../fixtures/scratch.js';
import { EmbeddedArtifactStore } from './artifact-store.adapter.js';

const scratch = new Scratch();
const warnings: string[] = [];

async function openStore(folder: string, clock = (): number => START): Promise<EmbeddedArtifactStore> {
  return await EmbeddedArtifactStore.open({ folder, codec: jsonCodec, clock, warn: (line) => warnings.push(line) });
}

beforeEach(() => warnings.splice(0));
afterEach(async () => await scratch.clear());

const DRAFT = { meta: {}, arrays: { weights: Float32Array.of(1, 2) }, ids: {} };

describe('EmbeddedArtifactStore', () => {
  for (const { name, run } of artifactStoreContract(async () => await openStore(await scratch.folder()))) it(name, run);

  it('has its artifacts and pointers after it was opened again', async () => {
    const folder = await scratch.folder();
    const first = await openStore(folder);
    const digest = await first.put('Ünlike/any', DRAFT);
    await first.promote('Ünlike/any', digest);
    const second = await openStore(folder);
    expect(second.promoted('Ünlike/any')).toBe(digest);
    expect((await second.open('Ünlike/any', digest)).floats('weights')).toEqual(Float32Array.of(1, 2));
    expect(await second.list('Ünlike/any')).toEqual([
      { digest, sizeBytes: expect.any(Number), createdAt: new Date(START).toISOString() },
    ]);
  });

  it('lists the newest first and keeps the three newest', async () => {
    let now = START;
    const store = await openStore(await scratch.folder(), () => (now += 1_000));
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
    expect((await openStore(folder)).promoted('model')).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(join('model', 'promoted'))]);
  });

  it('clears the draft of a write that a crash cut short', async () => {
    const folder = await scratch.folder();
    const digest = await (await openStore(folder)).put('model', DRAFT);
    await writeFile(join(folder, 'model', 'something.draft'), 'half');
    await openStore(folder);
    expect(await readdir(join(folder, 'model'))).toEqual([`${digest}.artifact`]);
  });
});
