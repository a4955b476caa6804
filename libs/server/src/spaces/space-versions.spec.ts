import type { ArtifactStore } from '@attune/sdk';
import { openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { SpaceVersions } from './space-versions.js';
import { versionOf } from './testing/version-of.js';

const [OLD, NEW, CHINESE] = [versionOf('text', 'old'), versionOf('text', 'new'), versionOf('text-zh', 'zh')];

let scratch: ScratchStores;
let artifacts: ArtifactStore;
beforeEach(async () => {
  scratch = await openScratchStores();
  ({ artifacts } = scratch.stores);
});
afterEach(() => scratch.close());

/** As a process has them that is configured so. */
const configured = (...versions: readonly (typeof OLD)[]): SpaceVersions => new SpaceVersions(versions, artifacts);
const served = async (spaces: SpaceVersions): Promise<readonly string[]> => (await spaces.served()).map(({ id }) => id);
async function promote(spaces: SpaceVersions, version: typeof OLD): Promise<void> {
  const { artifact, digest } = await spaces.alias(version);
  await artifacts.promote(artifact, digest);
}

it('serves the first version of each space until another is put into use, whichever process looks', async () => {
  const spaces = configured(OLD, NEW, CHINESE);
  expect([await served(spaces), (await spaces.inUse()).get('text')!.digest]).toEqual([
    ['text@old', 'text-zh@zh'],
    'missing',
  ]);
  await promote(spaces, NEW);
  for (const one of [spaces, configured(OLD, NEW, CHINESE), configured(NEW, OLD, CHINESE)]) {
    const [now, others] = await Promise.all([one.served(), one.others()]);
    expect([now, others].map((all) => all.map(({ id }) => id))).toEqual([['text@new', 'text-zh@zh'], ['text@old']]);
  }
});

it('serves its own first version where the one in use is not configured here; only a process that fills says so', async () => {
  const now = configured(OLD, NEW);
  await promote(now, NEW);
  const before = configured(OLD);
  expect(await served(before)).toEqual(['text@old']);
  expect(await served(now)).toEqual(['text@new']);
  await before.adopt();
  expect(await served(now)).toEqual(['text@old']);
});

it('adopts the first version where nothing is said, and leaves what is said', async () => {
  const spaces = configured(OLD, NEW, CHINESE);
  await spaces.adopt();
  expect((await spaces.inUse()).get('text')).toEqual({
    version: OLD,
    artifact: 'space:text',
    digest: await artifacts.promoted('space:text'),
  });
  await promote(spaces, NEW);
  await spaces.adopt();
  expect(await served(spaces)).toEqual(['text@new', 'text-zh@zh']);
});

it('looks where it is told to: as artifacts say that are not the promoted ones', async () => {
  const spaces = configured(OLD, NEW);
  await spaces.adopt();
  const { digest } = await spaces.alias(NEW);
  const pinned = { open: artifacts.open.bind(artifacts), promoted: () => Promise.resolve(digest) };
  expect((await spaces.inUse(pinned)).get('text')!.version).toBe(NEW);
  expect(await served(spaces)).toEqual(['text@old']);
});

it('names the spaces and versions there are where one is unknown', () => {
  const spaces = configured(OLD, NEW);
  expect(() => spaces.of('image')).toThrow(/no space 'image'; there are text$/);
  expect(() => spaces.version('text', 'text@older')).toThrow(/there are text@old, text@new/);
  expect(spaces.version('text', 'text@new')).toBe(NEW);
});
