import type { Engine } from '@attune/engine';
import type { Item } from '@attune/sdk';
import { hashedBlock } from '@attune/testkit';
import { configSchema } from '../config/config.schema.js';
import { embedWork } from '../embedding/embed-work.js';
import type { EncodedSpace } from '../platform/encoders.js';
import { builtIns } from '../testing/built-ins.js';
import { item, openScratchStores, purchase, type ScratchStores } from '../testing/scratch-stores.js';
import { trainModels } from '../training/train-models.js';
import { DerivedSpaces } from './derived-spaces.js';
import { ModelSpaces, modelSlots } from './model-spaces.js';
import { SpaceVersions } from './space-versions.js';

const registry = builtIns();
const config = configSchema.parse({ train: [{ use: 'text-adapter', index: true, config: { epochs: 2, gate: 0 } }] });
const versionOf = (digest: string): EncodedSpace => ({
  id: `text@${digest}`,
  name: 'text',
  model: 'words',
  digest,
  dims: 64,
  metric: 'cosine',
  admits: ({ language }) => language !== 'zh',
});
const ONE = versionOf('one');
const TWO = versionOf('two');
const slots = modelSlots(config.train, registry, [ONE, TWO]);
const calm: Pick<Engine, 'reload'> = { reload: () => Promise.resolve() };

let scratch: ScratchStores;
let versions: SpaceVersions;
let models: ModelSpaces;
let derived: DerivedSpaces;
beforeEach(async () => {
  scratch = await openScratchStores([ONE, TWO, ...slots]);
  const { stores } = scratch;
  versions = new SpaceVersions([ONE, TWO], stores.artifacts);
  models = new ModelSpaces(slots, stores.artifacts);
  derived = new DerivedSpaces({ config, registry, stores, models });
  await stores.items.upsert(TITLES.map((title) => item(title, title)));
  await embed(ONE, TITLES);
  const bought = TITLES.map((title, i) => purchase(`e-${i}`, `u-${i}`, [title, TITLES[(i + 1) % TITLES.length]!]));
  await stores.events.append(bought);
});
afterEach(() => scratch.close());

const TITLES = ['red mug', 'blue cup', 'green lamp', 'white bulb'];
async function embed({ id }: EncodedSpace, ids: readonly string[]): Promise<void> {
  const { items } = scratch.stores;
  const some = (await items.get(ids)) as Item[];
  await items.setVectors(id, some, hashedBlock(some.map(({ title }) => title)).data);
}
const train = () =>
  trainModels(
    { config, registry, stores: scratch.stores, engine: calm as Engine, versions, models },
    { jobId: 'j', use: undefined, signal: new AbortController().signal, progress: () => undefined },
  );
const lacking = async (space: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const page of scratch.stores.items.withoutVector(space)) ids.push(...page);
  return ids.sort();
};
/** Does what an `embed` job does for spaces that are made of others. */
async function fill(): Promise<number> {
  const { items } = scratch.stores;
  const encoders = { bulk: () => Promise.reject(new Error('nothing is embedded here')) };
  const work = embedWork({ encoders, items, derived, filled: () => derived.served(), embedded: () => undefined });
  const signal = new AbortController().signal;
  let ok = 0;
  for await (const part of work.plan({ signal } as never)) ok += (await work.part(part, { signal } as never)).ok;
  return ok;
}

describe('a space that a model makes of vectors of another', () => {
  it('has two slots a version of that space, and none is in use before a training', async () => {
    expect(slots.map(({ id, of, metric }) => [id, of, metric])).toEqual([
      ['text-adapter@a-one', 'text@one', 'cosine'],
      ['text-adapter@b-one', 'text@one', 'cosine'],
      ['text-adapter@a-two', 'text@two', 'cosine'],
      ['text-adapter@b-two', 'text@two', 'cosine'],
    ]);
    expect([await derived.served(), await fill()]).toEqual([[], 0]);
  });

  it('is filled by a training, the next one into the other slot, and named with what it is made of', async () => {
    const { artifacts } = scratch.stores;
    const said = async () => {
      const { meta, contents } = await artifacts.open(
        'space:text-adapter',
        (await artifacts.promoted('space:text-adapter'))!,
      );
      return [meta['digest'], meta['of'], contents.ids];
    };
    expect(await train()).toEqual({ ok: 1, failed: 0, errors: [] });
    expect(await said()).toEqual(['a-one', 'text@one', ['items']]);
    expect(await lacking('text-adapter@a-one')).toEqual([]);
    expect((await lacking('text-adapter@b-one')).length).toBe(TITLES.length);
    await train();
    expect((await said())[0]).toBe('b-one');
    expect(await lacking('text-adapter@b-one')).toEqual([]);
  });

  it('gets items that are new, or have another text, once they have the vector it is made of', async () => {
    const { items } = scratch.stores;
    await train();
    await items.upsert([
      item('new', 'green mug'),
      { ...item('red mug', 'scarlet mug'), updatedAt: '2026-11-03T00:00:00Z' },
    ]);
    await items.upsert([{ ...item('杯', '杯'), language: 'zh' }]);
    expect(await lacking('text-adapter@a-one')).toEqual(['new', 'red mug']);
    expect(await fill()).toBe(0);
    await embed(ONE, ['new', 'red mug']);
    expect(await fill()).toBe(2);
    expect(await lacking('text-adapter@a-one')).toEqual([]);
    const { data } = await items.gather('text-adapter@a-one', ['new', 'red mug']);
    const lengths = [0, 1].map((row) => Math.hypot(...data.subarray(row * 64, (row + 1) * 64)));
    expect(lengths).toEqual([expect.closeTo(1, 4), expect.closeTo(1, 4)]);
  });

  it('gets items in the same part of a job in which they are embedded', async () => {
    const { items } = scratch.stores;
    await train();
    await items.upsert([item('new', 'green mug')]);
    const page = (await items.get(['new'])) as Item[];
    await derived.follow(ONE.id, page);
    expect(await lacking('text-adapter@a-one')).toEqual(['new']);
    const embed = (texts: readonly string[]) => Promise.resolve(hashedBlock(texts).data);
    const encoders = { bulk: (_: string, use: (encoder: never) => unknown) => use({ embed } as never) as never };
    const work = embedWork({ encoders, items, derived, filled: () => versions.served(), embedded: () => undefined });
    await work.part({ space: ONE.id, ids: ['new'] }, { signal: new AbortController().signal } as never);
    expect(await lacking('text-adapter@a-one')).toEqual([]);
  });

  it('is made of the version in use when it is trained', async () => {
    const { artifacts } = scratch.stores;
    await train();
    await embed(TWO, TITLES);
    const { artifact, digest } = await versions.alias(TWO);
    await artifacts.promote(artifact, digest);
    // Until the next training the slot of the version before stays in use, and is filled.
    expect((await derived.served()).map(({ id }) => id)).toEqual(['text-adapter@a-one']);
    await train();
    expect((await derived.served()).map(({ id }) => id)).toEqual(['text-adapter@a-two']);
    // A part that was planned before does nothing.
    expect(await derived.place('text-adapter@a-one', [item('red mug', 'red mug')])).toBe(0);
  });

  it('says what is wrong where nothing is embedded yet, and leaves the model before', async () => {
    await train();
    const { artifacts } = scratch.stores;
    const before = await artifacts.promoted('space:text-adapter');
    const { artifact, digest } = await versions.alias(TWO);
    await artifacts.promote(artifact, digest);
    const outcome = await train();
    expect(outcome.errors).toEqual([
      expect.stringMatching(
        /^text-adapter: no item of the log has a vector in space 'text' yet: wait for the embed job/,
      ),
    ]);
    expect(await artifacts.promoted('space:text-adapter')).toBe(before);
  });
});
